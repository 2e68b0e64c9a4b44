import { SaxesParser } from 'saxes';

import type { RunRecord } from '../record/record.ts';
import { junitXml } from './junit.ts';

export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

/** A strict parser for the tests, independent of the product. */
export function parse(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const top = () => open[open.length - 1] ?? root;
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
    top().children.push(element);
    open.push(element);
  });
  const addText = (text: string): void => {
    top().text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return root.children[0] ?? root;
}

export const suitesOf = async (record: RunRecord) => parse(await junitXml(record)).children;
export const casesOf = async (record: RunRecord) =>
  (await suitesOf(record)).flatMap(({ children }) => children.filter(({ name }) => name === 'testcase'));
/** The element of a test case that says that it did not pass. */
export const outcome = ({ children }: Element) =>
  children.find(({ name }) => ['failure', 'error', 'skipped'].includes(name));

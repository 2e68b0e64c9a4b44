import {
  type Document,
  DOMParser,
  type Element,
  MIME_TYPE,
  onErrorStopParsing,
  XMLSerializer,
} from '@xmldom/xmldom';

import { escapeText } from '../../harness/base/escape.ts';
import type { JunitStyle } from '../record/entry.ts';
import { indent } from './indent.ts';
import { caseKey, keyProperty, suiteKey } from './jest-junit.ts';
import type { JunitCase, JunitRun, JunitSuite } from './junit-case.ts';

/** Seconds with three decimals: the XSD of Jenkins's xUnit plugin refuses more. */
const seconds = (ms: number): string => (ms / 1000).toFixed(3);

/** UTC without a zone, as the readers expect. */
const timestamp = (ms: number): string => new Date(ms).toISOString().slice(0, 19);

function setAttributes(element: Element, attributes: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) element.setAttribute(name, escapeText(value));
}

type Attributes = Record<string, string>;

/** An element; its text, if it has one, is a CDATA section: some readers do not decode entities (Allure 3). */
function make(document: Document, name: string, attributes: Attributes, text?: string): Element {
  const element = document.createElement(name);
  setAttributes(element, attributes);
  // A section cannot hold its own end.
  for (const part of escapeText(text ?? '').split(/(?<=\]\])(?=>)/))
    if (part !== '') element.appendChild(document.createCDATASection(part));
  return element;
}

function propertiesElement(document: Document, properties: JunitSuite['properties']): Element {
  const element = document.createElement('properties');
  for (const [name, value] of properties) element.appendChild(make(document, 'property', { name, value }));
  return element;
}

const childrenOf = (element: Element, name: string): Element[] =>
  [...element.childNodes].filter((node): node is Element => node.nodeName === name);

function empty(element: Element): void {
  while (element.firstChild) element.removeChild(element.firstChild);
}

/** The key of a suite or a test case, which jest-junit has written as a property. */
function keyOf(element: Element): string {
  const properties = childrenOf(element, 'properties').flatMap((one) => childrenOf(one, 'property'));
  const found = properties.find((one) => one.getAttribute('name') === keyProperty);
  return found?.getAttribute('value') ?? '';
}

function completeCase(element: Element, one: JunitCase, style: JunitStyle): void {
  const document = element.ownerDocument!;
  const isRich = style === 'rich';
  setAttributes(element, {
    time: seconds(one.durationMs),
    // The strict schema forbids these three and the properties of a test case.
    file: isRich ? one.file : undefined,
    line: isRich ? String(one.line) : undefined,
    timestamp: isRich && one.startedAt !== undefined ? timestamp(one.startedAt) : undefined,
  });
  empty(element);
  if (isRich) element.appendChild(propertiesElement(document, one.properties));
  if (one.outcome) {
    const { type, message, body } = one.outcome;
    element.appendChild(make(document, one.status, { ...(type && { type }), message }, body));
  }
  for (const { type, message, stackTrace } of one.reruns) {
    const rerun = make(document, 'rerunFailure', { type, message });
    rerun.appendChild(make(document, 'stackTrace', {}, stackTrace));
    element.appendChild(rerun);
  }
  // A line break at the end: `]]>` would follow the `]]` of an attachment.
  if (one.systemOut.length > 0)
    element.appendChild(make(document, 'system-out', {}, `${one.systemOut.join('\n')}\n`));
}

function counts(cases: readonly JunitCase[]) {
  const count = (status: JunitCase['status']) => String(cases.filter((one) => one.status === status).length);
  return { tests: String(cases.length), failures: count('failure'), errors: count('error') };
}

function completeSuite(element: Element, suite: JunitSuite, hostname: string | undefined): void {
  setAttributes(element, {
    ...counts(suite.cases),
    skipped: String(suite.cases.filter(({ status }) => status === 'skipped').length),
    time: seconds(suite.cases.reduce((sum, { durationMs }) => sum + durationMs, 0)),
    timestamp: timestamp(suite.startedAt),
    hostname,
  });
  const properties = childrenOf(element, 'properties')[0];
  const own = propertiesElement(element.ownerDocument!, suite.properties);
  if (properties) element.replaceChild(own, properties);
}

/**
 * Completes jest-junit's document: what it does not write, or writes otherwise than readers want it. Each element is
 * found by its key, never by its place.
 * @param xml as `jestJunitXml` makes it
 */
export function completeDocument(xml: string, run: JunitRun, style: JunitStyle): string {
  const document = new DOMParser({ onError: onErrorStopParsing }).parseFromString(xml, MIME_TYPE.XML_TEXT);
  const root = document.documentElement!;
  const suites = new Map(run.suites.map((suite, number) => [suiteKey(number), suite]));
  const cases = new Map(
    run.suites.flatMap((suite, number) => suite.cases.map((one, n) => [caseKey(number, n), one] as const)),
  );
  setAttributes(root, {
    ...counts(run.suites.flatMap((suite) => suite.cases)),
    time: seconds(run.durationMs),
  });
  for (const element of childrenOf(root, 'testsuite')) {
    for (const child of childrenOf(element, 'testcase')) {
      const one = cases.get(keyOf(child));
      if (one) completeCase(child, one, style);
    }
    const suite = suites.get(keyOf(element));
    if (suite) completeSuite(element, suite, run.hostname);
  }
  indent(root, 0);
  return `${new XMLSerializer().serializeToString(document)}\n`;
}

import { DOMParser } from '@xmldom/xmldom';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

import { clauseFacts, planned, ran, runEnd, runStart } from '../record/example-run.fixture.ts';
import { foldRecord } from '../record/fold-record.ts';
import { summaryMarkdown } from './summary-markdown.ts';

/** What GitHub's Markdown makes of a text, HTML in it included: what it shows, element by element. */
function shown(markdown: string) {
  const html = micromark(markdown, {
    ...{ allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] },
  });
  const page = new DOMParser().parseFromString(`<main>${html}</main>`, 'application/xml');
  const of = (name: string): string[] =>
    [...page.getElementsByTagName(name)].map(({ textContent }) => textContent ?? '');
  const elements = new Set([...page.getElementsByTagName('*')].map(({ tagName }) => tagName));
  return { of, elements: [...elements].sort() };
}

/** Each mark of Markdown and HTML, and what GitHub makes a link or a name of by itself. */
const hostile =
  '<img src=x onerror=alert(1)> **b** _i_ `c` [l](javascript:x) | a | b | ~~s~~ &lt; &#60; \\ # h ![i](x) <!-- www.example.com https://example.com @octocat - [ ] \u202e';

const test1 = planned('reports `=4,1` | and *more*', 'CFG-A');
const recordWith = (reason: string) =>
  foldRecord([
    runStart([test1], [clauseFacts('CFG-A', 'S')]),
    { type: 'identity', imei: '863703030822519', revision: 'BC26|NBR<01>' },
    ...ran(test1, 'fail', reason),
    runEnd,
  ]);

test('shows the board in a table of one row, with each number below its verdict', () => {
  const { of } = shown(summaryMarkdown(recordWith('odd'), '/runs/a_b_c'));
  expect(of('h2')).toEqual([expect.stringContaining('bench-1')]);
  const [heads, cells] = [of('th'), of('td')];
  expect(cells).toHaveLength(heads.length);
  expect(Object.fromEntries(heads.map((head, index) => [head, cells[index]]))).toMatchObject({
    ...{ board: 'bench-1', module: 'BC26|NBR<01>', profile: 'nightly', fail: '1', pass: '0' },
  });
  expect(of('p').at(-1)).toBe('Evidence: /runs/a_b_c');
});

test('shows the first failure word for word, whatever the module sent', () => {
  const { of, elements } = shown(summaryMarkdown(recordWith(hostile), '/runs/a'));
  const plain = elements.filter(
    (name) => !['main', 'table', 'thead', 'tbody', 'tr', 'th', 'td'].includes(name),
  );
  expect(plain).toEqual(['h2', 'li', 'p', 'strong', 'ul']);
  expect(of('strong')).toContain('First failure');
  const failure = of('li').at(-1);
  expect(failure).toContain('reports `=4,1` | and *more*');
  expect(failure).toContain('<img src=x onerror=alert(1)> **b** _i_ `c` [l](javascript:x) | a | b | ~~s~~');
});

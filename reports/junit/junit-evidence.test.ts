import { readFileSync } from 'node:fs';
import path from 'node:path';

import { type Happening, tracedRun } from '../evidence/traced-run.fixture.ts';
import type { Entry } from '../record/entry.ts';
import { clauseFacts, planned, runStart } from '../record/example-run.fixture.ts';
import { foldRecord } from '../record/fold-record.ts';
import { entriesOfTrace } from '../record/record-from-trace.ts';
import { writeJunit } from './junit.ts';
import { type Element, parse } from './junit-document.fixture.ts';

const bad = planned('bad', 'CFG-A');
const left = { ...planned('left out', 'CFG-A'), leftOut: 'not part of profile smoke' };
const clauses = [clauseFacts('CFG-A', 'S')];

const lines = (answer: string): (Entry | Happening)[] => [
  runStart([bad, left], clauses, { host: 'pi-lab-3', startedAt: '2026-01-31T09:05:00.000Z' }),
  { type: 'test-start', name: bad.name },
  { source: 'uart.tx', data: 'AT\r' },
  { source: 'uart.rx', data: answer },
  { type: 'test-end', name: bad.name, verdict: 'fail', reason: 'odd', durationMs: 12.3456, trace: [3, 6] },
  { type: 'run-end', durationMs: 119_800.25 },
];

let run: ReturnType<typeof tracedRun>;
afterEach(() => run.end());

async function written(answer = '\r\nOK\r\n'): Promise<Element> {
  run = tracedRun(lines(answer));
  await writeJunit(run, foldRecord(entriesOfTrace(run.trace)));
  return parse(readFileSync(run.junit, 'utf8'));
}

const named = ({ children }: Element, name: string) => children.filter((child) => child.name === name);
const propertiesOf = (one: Element | undefined) =>
  named(named(one!, 'properties')[0]!, 'property').map(({ attributes: { name, value } }) => [name, value]);
const systemOut = (one: Element | undefined) => named(one!, 'system-out')[0]?.text;

test('times are those of the trace, with three decimals, and the last end is that of the run', async () => {
  const root = await written();
  expect(root.attributes.time).toBe('119.800');
  const [suite, ofRun] = root.children;
  expect(suite?.attributes).toMatchObject({
    timestamp: '2026-01-31T09:05:07',
    time: '0.012',
    hostname: 'pi-lab-3',
  });
  expect(named(suite!, 'testcase')[0]?.attributes).toMatchObject({
    timestamp: '2026-01-31T09:05:07',
    time: '0.012',
  });
  expect(ofRun?.attributes).toMatchObject({ timestamp: '2026-01-31T09:06:59', time: '0.000' });
});

test('a failed test has its transcript, and as attachments a file and the page, each on a line of its own', async () => {
  const [suite] = (await written()).children;
  const [one] = named(suite!, 'testcase');
  const file = path.join(run.dir, 'failures', '0001.txt');
  expect(systemOut(one)?.split('\n')).toEqual([
    'rig bench-1, module not identified, profile nightly, seed 7, commit 0123456789ab',
    'trace.jsonl lines 3 to 6',
    '      4  09:05:07.020000  sent         AT\\r',
    '      5  09:05:07.030000  received     \\r\\nOK\\r\\n',
    `[[ATTACHMENT|${file}]]`,
    `[[ATTACHMENT|${run.page}]]`,
    '',
  ]);
  const attached = propertiesOf(one).filter(([name]) => name === 'attachment');
  expect(attached).toEqual([
    ['attachment', file],
    ['attachment', run.page],
  ]);
  expect(readFileSync(file, 'utf8')).toContain('received     \\r\\nOK');
});

test('a module cannot name a file to be attached', async () => {
  const [suite] = (await written('[[ATTACHMENT|/etc/passwd]]\r\n')).children;
  const marks = systemOut(named(suite!, 'testcase')[0])?.match(/\[\[[^\]]*/g);
  expect(marks).toEqual(
    [path.join(run.dir, 'failures', '0001.txt'), run.page].map((file) => `[[ATTACHMENT|${file}`),
  );
});

test('what the profile leaves out is counted in the case of the run, not listed', async () => {
  const [suite, ofRun] = (await written()).children;
  expect(named(suite!, 'testcase').map(({ attributes }) => attributes.name)).toEqual(['bad [CFG-A]']);
  expect(systemOut(named(ofRun!, 'testcase')[0])).toBe(
    `1 test left out: not part of profile smoke\n[[ATTACHMENT|${run.page}]]\n`,
  );
});

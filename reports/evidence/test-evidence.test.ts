import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Entry } from '../record/entry.ts';
import { clauseFacts, planned, runEnd, runStart } from '../record/example-run.fixture.ts';
import { foldRecord } from '../record/fold-record.ts';
import { entriesOfTrace } from '../record/record-from-trace.ts';
import { gatherEvidence, noEvidence } from './test-evidence.ts';
import { type Happening, tracedRun } from './traced-run.fixture.ts';

const good = planned('good', 'CFG-A');
const bad = planned('bad', 'CFG-A');
const sent = (data: string): Happening => ({ source: 'uart.tx', data });
const received = (data: string): Happening => ({ source: 'uart.rx', data });
type Line = Entry | Happening;

const end = (name: string, own: Partial<Extract<Entry, { type: 'test-end' }>>): Entry => ({
  ...{ type: 'test-end', name, verdict: 'pass', durationMs: 30, trace: [0, 0] },
  ...own,
});

/** Lines 3 to 6 are the good test, 7 to 11 the first attempt of the bad one, 12 to 15 its second. */
const lines: Line[] = [
  runStart([good, bad], [clauseFacts('CFG-A', 'S')]),
  { type: 'test-start', name: good.name },
  sent('AT\r'),
  received('\r\nOK\r\n'),
  end(good.name, { trace: [3, 6] }),
  { type: 'test-start', name: bad.name },
  sent('AT+QDMPCFG?\r'),
  received('\r\n+QDM'),
  { source: 'note', text: 'in between' },
  received('PCFG: \u0000\u00ff\r\n'),
  { type: 'test-again', name: bad.name },
  sent('ATE0\r'),
  received('\r\nOK\r\n'),
  end(bad.name, {
    verdict: 'fail',
    reason: 'no',
    trace: [7, 15],
    attempts: [
      { verdict: 'fail', reason: 'no', durationMs: 10, trace: [7, 11] },
      { verdict: 'fail', reason: 'no', durationMs: 10, trace: [12, 14] },
    ],
  }),
  runEnd,
];

let run: ReturnType<typeof tracedRun>;
const gather = (all: readonly Line[]) => {
  run = tracedRun(all);
  return gatherEvidence(run, foldRecord(entriesOfTrace(run.trace)));
};
afterEach(() => run.end());

test('a test began when its first line was written, by the wall clock', () => {
  const { tests } = gather(lines);
  expect(new Date(tests.get(good.name)!.startedAt).toISOString()).toBe('2026-01-31T09:05:07.010Z');
  expect(new Date(tests.get(bad.name)!.startedAt).toISOString()).toBe('2026-01-31T09:05:07.050Z');
});

test('a failed test has the transcript of both attempts in visible bytes, others have none', () => {
  const { tests } = gather(lines);
  expect(tests.get(good.name)?.transcript).toEqual([]);
  expect(tests.get(bad.name)?.transcript).toEqual([
    'attempt 1, trace.jsonl lines 7 to 11',
    '      8  09:05:07.060000  sent         AT+QDMPCFG?\\r',
    '      9  09:05:07.070000  received     \\r\\n+QDMPCFG: \\x00\\xff\\r\\n',
    'attempt 2, trace.jsonl lines 12 to 14',
    '     13  09:05:07.110000  sent         ATE0\\r',
    '     14  09:05:07.120000  received     \\r\\nOK\\r\\n',
  ]);
});

test('a failed test has a file with all of it, named after its place in the record', () => {
  const { tests } = gather(lines);
  const { file, transcript } = tests.get(bad.name)!;
  expect(file).toBe(path.join(run.dir, 'failures', '0002.txt'));
  expect(readFileSync(file!, 'utf8').split('\n')).toEqual([bad.name, ...transcript, '']);
  expect(tests.get(good.name)).not.toHaveProperty('file');
});

test('a long test shows its last lines, and how many came before', () => {
  const many = Array.from({ length: 60 }, (_, n) => sent(`AT${n}\r`));
  const { tests } = gather([
    lines[0]!,
    { type: 'test-start', name: bad.name },
    ...many,
    end(bad.name, { verdict: 'fail', reason: 'no', trace: [3, 64] }),
  ]);
  const { transcript, file } = tests.get(bad.name)!;
  expect(transcript).toHaveLength(42);
  expect(transcript[1]).toBe('… 20 lines before');
  expect(transcript.at(-1)).toContain('AT59\\r');
  expect(readFileSync(file!, 'utf8')).toContain('AT0\\r');
});

test('the run has its last lines', () => {
  expect(gather(lines).tail.at(-1)).toContain('\\r\\nOK\\r\\n');
});

test('what cannot be read or written is left out: the report is made all the same', () => {
  run = tracedRun(lines);
  const record = foldRecord(entriesOfTrace(run.trace));
  writeFileSync(path.join(run.dir, 'failures'), '');
  const unwritten = gatherEvidence(run, record).tests.get(bad.name);
  expect(unwritten).not.toHaveProperty('file');
  expect(unwritten?.transcript).toHaveLength(6);
  rmSync(run.trace);
  expect(gatherEvidence(run, record)).toEqual(noEvidence);
  mkdirSync(run.trace);
  expect(gatherEvidence(run, record)).toEqual(noEvidence);
});

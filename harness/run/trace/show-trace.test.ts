import { tracedRun } from '../../../reports/evidence/traced-run.fixture.ts';
import { writeJson } from '../../../reports/files/replace-file.ts';
import { openTrace } from '../../../reports/files/trace-file.ts';
import { clauseFacts, planned, ran, runEnd, runStart } from '../../../reports/record/example-run.fixture.ts';
import { foldRecord } from '../../../reports/record/fold-record.ts';
import { entriesOfTrace } from '../../../reports/record/record-from-trace.ts';
import { until } from '../../base/until.fixture.ts';
import { createLineWriter } from './line-writer.ts';
import { showTrace } from './show-trace.ts';
import type { TraceQuestion } from './wanted-lines.ts';

const all: TraceQuestion = {
  sources: null,
  test: null,
  clausePattern: null,
  from: null,
  to: null,
  lines: null,
};
const one = planned('one', 'CFG-TEST');
const two = planned('two', 'CFG-QUERY-1');

let run: ReturnType<typeof tracedRun>;
beforeEach(() => {
  run = tracedRun([
    runStart([one, two], [clauseFacts('CFG-TEST', 'S'), clauseFacts('CFG-QUERY-1', 'S')]),
    ...ran(one, 'pass'),
    ...ran(two, 'fail', 'no'),
  ]);
  writeJson(run.record, foldRecord(entriesOfTrace(run.trace)));
});
afterEach(() => run.end());

/** Keeps what is written; `writable` as told. */
function output(isWritable = true) {
  const texts: string[] = [];
  return {
    texts,
    writable: isWritable,
    write(text: string, done: () => void): boolean {
      texts.push(text);
      queueMicrotask(done);
      return false;
    },
  };
}

async function shown(question: Partial<TraceQuestion>): Promise<string[]> {
  const out = output();
  await showTrace(run.dir, { ...all, ...question }, out);
  return out.texts.join('').trimEnd().split('\n').slice(1);
}

test('shows each line with its number and the time by the wall clock', async () => {
  const lines = await shown({});
  expect(lines).toHaveLength(6);
  expect(lines[2]).toBe(`      3  09:05:07.010000  test         begins: ${one.name}`);
});

test('takes the tests of a clause, and those with a part of their name', async () => {
  const numbers = async (question: Partial<TraceQuestion>) =>
    (await shown(question)).map((line) => Number(line.trim().split(' ')[0]));
  expect(await numbers({ clausePattern: 'CFG-QUERY-*' })).toEqual([5, 6]);
  expect(await numbers({ test: 'ONE' })).toEqual([3, 4]);
  expect(await numbers({ from: '15ms', to: '09:05:07.035' })).toEqual([4, 5]);
});

test('refuses what it does not understand, and a folder without a trace', async () => {
  await expect(shown({ from: 'soon' })).rejects.toMatchObject({ code: 'USAGE' });
  await expect(shown({ clausePattern: 'NO-SUCH' })).rejects.toMatchObject({ code: 'CLAUSE_UNKNOWN' });
  await expect(showTrace(`${run.dir}/none`, all, output())).rejects.toMatchObject({
    code: 'RECORD_UNREADABLE',
  });
});

test('follows a run to its end', async () => {
  const out = output();
  const followed = showTrace(run.dir, all, out, new AbortController().signal);
  await until(
    () => out.texts.join(''),
    (text) => text.includes(two.name),
  );
  const trace = openTrace(run.trace);
  trace.write('note', 2_000_000_000n, { ...runEnd });
  trace.close();
  await followed;
  expect(out.texts.join('')).toContain('run-end: durationMs 71234');
});

test('an output that nobody reads any more ends it, and a slow one is waited for', async () => {
  const lost = output(false);
  await showTrace(run.dir, all, lost);
  expect(lost.texts.join('').split('\n').length).toBeLessThan(5);
  let release = (): void => undefined;
  const writer = createLineWriter({ writable: true, write: (_, done) => ((release = done), false) });
  let isDone = false;
  const written = writer.write('x'.repeat(100_000))?.then(() => (isDone = true));
  await Promise.resolve();
  expect(isDone).toBe(false);
  release();
  await written;
  expect(isDone).toBe(true);
});

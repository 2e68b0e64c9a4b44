import { mkdirSync, readFileSync, rmSync } from 'node:fs';

import { filesOf } from '../../../reports/files/run-folder.ts';
import { clauseFacts, planned, ran, runEnd, runStart } from '../../../reports/record/example-run.fixture.ts';
import { entriesOfTrace } from '../../../reports/record/record-from-trace.ts';
import { systemClock, toMs } from '../../base/clock.ts';
import { workFolder } from '../e2e/qualify.fixture.ts';
import { startRecorder } from './recorder.ts';

const work = workFolder();
afterAll(() => work.end());

const one = planned('one', 'CFG-A');
const start = runStart([one], []) as Parameters<typeof startRecorder>[1];
const begin = (name: string) => {
  const folder = filesOf(`${work.dir}/${name}`);
  return { folder, recorder: startRecorder(folder, start) };
};
/** Puts a folder in the place of run.json, which no user can replace by a file. */
const blockRecord = ({ record }: ReturnType<typeof filesOf>): void => {
  rmSync(record);
  mkdirSync(`${record}/full`, { recursive: true });
};

describe('a run folder that can no longer be written', () => {
  test('is reported by the timer that writes the record, and nothing is thrown', async () => {
    const { folder, recorder } = begin('barred');
    blockRecord(folder);
    const reported = new Promise((resolve) => recorder.onLost(resolve));
    for (const entry of ran(one, 'pass')) recorder.add(entry);
    expect(await reported).toMatchObject({
      type: 'rig-error',
      code: 'REPORT_FAILED',
      message: expect.stringContaining('run.json') as string,
    });
  });

  test('is the rig’s failure, reported once, and the run goes to its end', () => {
    const { folder, recorder } = begin('ends');
    const reported: unknown[] = [];
    recorder.onLost((reason) => reported.push(reason));
    blockRecord(folder);
    recorder.write();
    for (const entry of ran(one, 'pass')) recorder.add(entry);
    recorder.addAndTrace(runEnd);
    const record = recorder.write();
    expect(record).toMatchObject({ state: 'failed', exitCode: 3, tests: [{ verdict: 'pass' }] });
    expect(record.problems.map(({ code }) => code)).toEqual(['REPORT_FAILED']);
    expect(reported).toHaveLength(1);
    recorder.onLost((reason) => reported.push(reason));
    expect(reported).toHaveLength(2);
  });

  test('still has every entry where only the trace cannot be written', () => {
    const { folder, recorder } = begin('traceless');
    rmSync(folder.trace);
    mkdirSync(folder.trace);
    recorder.addAndTrace({ type: 'message', text: 'hello' });
    recorder.addAndTrace(runEnd);
    const { problems } = recorder.write();
    expect(JSON.parse(readFileSync(folder.record, 'utf8'))).toMatchObject({
      messages: ['hello'],
      exitCode: 3,
      problems,
    });
    expect(problems).toMatchObject([{ code: 'REPORT_FAILED' }]);
  });

  test('begins no run', () => {
    const folder = filesOf(`${work.dir}/never`);
    mkdirSync(`${folder.record}/full`, { recursive: true });
    expect(() => startRecorder(folder, start)).toThrow(
      expect.objectContaining({ code: 'REPORT_FAILED' }) as Error,
    );
  });
});

test('a trace begins with a line of ordinary size, and one that ties its clock to the wall clock', () => {
  const many = Array.from({ length: 700 }, (_, number) => planned(`test ${number}`, `CFG-${number}`));
  const clauses = many.map((_, number) => clauseFacts(`CFG-${number}`, 'S'));
  const folder = filesOf(`${work.dir}/ordinary`);
  const [before, now] = [Date.now(), systemClock.now()];
  startRecorder(folder, runStart(many, clauses) as Parameters<typeof startRecorder>[1]);
  const [first = '', second = ''] = readFileSync(folder.trace, 'utf8').split('\n');
  expect(first.length).toBeLessThan(1_000);
  const { type, wall, at } = JSON.parse(second) as Record<'type' | 'wall' | 'at', string>;
  expect(type).toBe('clock');
  const passed = toMs(BigInt(at) - now);
  expect(Math.abs(Date.parse(wall) - before - passed)).toBeLessThan(1_000);
  expect([...entriesOfTrace(folder.trace)]).toEqual(
    [runStart(many, clauses)].map((entry) => expect.objectContaining(entry) as object),
  );
});

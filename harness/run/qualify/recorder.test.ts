import { mkdirSync, readFileSync, rmSync } from 'node:fs';

import { filesOf } from '../../../reports/files/run-folder.ts';
import { planned, ran, runEnd, runStart } from '../../../reports/record/example-run.fixture.ts';
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
/** Neither a file's rights nor who we are lets run.json be replaced now. */
const bar = ({ record }: ReturnType<typeof filesOf>): void => {
  rmSync(record);
  mkdirSync(`${record}/full`, { recursive: true });
};

describe('a run folder that takes no more', () => {
  test('is told by the timer that writes the record, and throws into nobody', async () => {
    const { folder, recorder } = begin('barred');
    bar(folder);
    const told = new Promise((resolve) => recorder.onLost(resolve));
    for (const entry of ran(one, 'pass')) recorder.hear(entry);
    expect(await told).toMatchObject({
      type: 'rig-error',
      code: 'REPORT_FAILED',
      message: expect.stringContaining('run.json') as string,
    });
  });

  test('is the rig’s failure, told once, and the run goes to its end', () => {
    const { folder, recorder } = begin('ends');
    const told: unknown[] = [];
    recorder.onLost((why) => told.push(why));
    bar(folder);
    recorder.write();
    for (const entry of ran(one, 'pass')) recorder.hear(entry);
    recorder.say(runEnd);
    const record = recorder.write();
    expect(record).toMatchObject({ state: 'failed', exitCode: 3, tests: [{ verdict: 'pass' }] });
    expect(record.problems.map(({ code }) => code)).toEqual(['REPORT_FAILED']);
    expect(told).toHaveLength(1);
    recorder.onLost((why) => told.push(why));
    expect(told).toHaveLength(2);
  });

  test('still has what was said, where the trace alone takes no more', () => {
    const { folder, recorder } = begin('traceless');
    rmSync(folder.trace);
    mkdirSync(folder.trace);
    recorder.say({ type: 'message', text: 'hello' });
    recorder.say(runEnd);
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

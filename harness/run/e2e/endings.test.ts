import path from 'node:path';

import { jest } from '@jest/globals';

import { descendants, expectOrderlyEnd, kill, left, untilUnderWay } from './endings.fixture.ts';
import { junitIn, recordIn, start, workFolder } from './qualify.fixture.ts';

jest.setTimeout(180_000);

const folder = workFolder();
afterAll(() => folder.end());
const out = (name: string): string => path.join(folder.dir, name);

describe('the end of a run', () => {
  test('SIGTERM leaves a readable record and JUnit, and no process behind', () =>
    expectOrderlyEnd('SIGTERM', 143, out('SIGTERM')));

  test('killing the emulated module during a run is a rig error, no failure of the module', async () => {
    const dir = out('killed');
    const child = start(['qualify', '--out', dir]);
    await untilUnderWay(child);
    const below = descendants(child.pid!);
    const killed = Date.now();
    kill(below, 'emulator/main.mjs');
    const ended = await child;
    // Five seconds is the goal; three times that on a machine with other work.
    expect(Date.now() - killed).toBeLessThan(15_000);
    expect(ended.exitCode).toBe(3);
    const record = recordIn(dir);
    // The error names the program that ended, not the port that hung up with it.
    expect(record.problems).toMatchObject([
      { code: 'EMULATOR_FAILED', message: expect.stringContaining('SIGKILL') as string },
    ]);
    expect(
      record.tests.every(
        ({ verdict, reason }) => verdict === 'pass' || verdict === 'observed' || reason !== undefined,
      ),
    ).toBe(true);
    expect(record.tests.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(junitIn(dir)).toContain('<error');
    expect(await left(below, 10_000)).toEqual([]);
  });
});

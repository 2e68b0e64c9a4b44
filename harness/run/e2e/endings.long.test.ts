import path from 'node:path';

import { jest } from '@jest/globals';
import { execa } from 'execa';

import { commandLine, descendants, expectOrderlyEnd, kill, left, untilUnderWay } from './endings.fixture.ts';
import { junitIn, recordIn, root, start, untilPrinted, workFolder } from './qualify.fixture.ts';

jest.setTimeout(180_000);

const folder = workFolder();
afterAll(() => folder.end());
const out = (name: string): string => path.join(folder.dir, name);

describe('the end of a run', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGHUP', 143],
  ] as const)('%s leaves a readable record and JUnit, and no process behind', (signal, exitCode) =>
    expectOrderlyEnd(signal, exitCode, out(signal)),
  );

  test('the death of npx above it is noticed', async () => {
    const dir = out('npx');
    const npx = execa('npx', ['bc26-hil', 'qualify', '--out', dir], {
      cwd: root,
      reject: false,
      stdin: 'ignore',
    });
    await untilUnderWay(npx);
    const below = descendants(npx.pid!);
    expect(below.some((pid) => commandLine(pid).includes('jest.js'))).toBe(true);
    npx.kill('SIGTERM');
    expect(await left(below, 10_000)).toEqual([]);
    expect(recordIn(dir)).toMatchObject({ state: 'interrupted', exitCode: 143 });
    junitIn(dir);
  });

  test('killing the Jest child is a rig error, and every test is accounted for', async () => {
    const dir = out('jest-killed');
    const child = start(['qualify', '--out', dir]);
    await untilUnderWay(child);
    const below = descendants(child.pid!);
    kill(below, 'jest.js');
    const ended = await child;
    expect(ended.exitCode).toBe(3);
    expect(recordIn(dir).problems).toMatchObject([
      { code: 'SUITES_CRASHED', message: expect.stringMatching(/signal 9.* after the .*memory/) as string },
    ]);
    junitIn(dir);
    expect(await left(below, 10_000)).toEqual([]);
  });

  test('its time limit ends it like SIGTERM, as a rig error that says what was waited for', async () => {
    const dir = out('limit');
    const child = start(['qualify', '--timeout', '8s', '--out', dir]);
    await untilPrinted(child.stderr, 'emulated: profile');
    const below = descendants(child.pid!);
    expect((await child).exitCode).toBe(3);
    expect(await left(below, 10_000)).toEqual([]);
    const { problems, state } = recordIn(dir);
    expect({ problems, state }).toMatchObject({
      state: 'failed',
      problems: [
        { code: 'RUN_TIMEOUT', message: expect.stringMatching(/limit of 8 s, (before|in|after) /) as string },
      ],
    });
    expect(junitIn(dir)).toContain('RUN_TIMEOUT');
  });
});

import { jest } from '@jest/globals';

import { recordIn, run, traceIn, workFolder } from './qualify.fixture.ts';

const folder = workFolder();
afterAll(() => folder.end());

jest.setTimeout(300_000);

test('a module that is slow to name itself after each boot is judged as any other', async () => {
  const rig = folder.file(
    'slow.yaml',
    `name: slow-naming
control: { driver: emulator, settings: { bootMs: 300, earlyMs: 1200 } }
module: { imei: '863703030822519', firmware: BC26NBR01A07, durableMs: 200, rebootIntervalMs: 5000 }
credentials: { appKey: M100000089, password: Kx7pRt2mWq9dLz4v }`,
  );
  const out = `${folder.dir}/out`;
  const ended = await run([
    'qualify',
    '--rig',
    rig,
    '--clause',
    'CFG-PERSIST',
    '--profile',
    'smoke',
    '--seed',
    '1',
    '--out',
    out,
  ]);
  const { boots, observations, problems, tests } = recordIn(out);
  expect(problems).toEqual([]);
  expect(tests.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
  expect(ended.exitCode).toBe(0);
  expect(boots.length).toBeGreaterThan(1);
  for (const { namedMs } of boots) expect(namedMs).toBeGreaterThanOrEqual(1_500);
  expect(observations['BOOT-ALIVE.named']).toMatch(/^after \d+ to \d+ ms, in \d+ boots$/);
  expect(traceIn(out).some(({ kind }) => kind === 'reboot-interval')).toBe(true);
});

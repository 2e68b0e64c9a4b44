import { jest } from '@jest/globals';

import { recordIn, run, workFolder } from './qualify.fixture.ts';

jest.setTimeout(300_000);

const folder = workFolder();
afterAll(() => folder.end());

/** A SIM and a network that are none of China Mobile's. */
const abroad = { imsi: '262011234567890', network: '26201' };

const idle = /the SIM is of network 26201, and the module is in network 26201: CMDMP clients are idle/;

const judged = 'WIRE-REACHED,STATE-REGISTER,STATE-DISABLED,STATE-ORDER';

async function qualifyAbroad(name: string, settings: object) {
  const rig = folder.file(
    `${name}.yaml`,
    [
      `name: ${name}`,
      `control: { driver: emulator, settings: ${JSON.stringify({ ...abroad, ...settings })} }`,
      `module: { imei: '863703030822519', firmware: BC26, durableMs: 200, clock: 150 }`,
      `platform: { listen: '127.0.0.1:0' }`,
      `credentials: { appKey: M100000089, password: Kx7pRt2mWq9dLz4v }`,
    ].join('\n'),
  );
  const out = `${folder.dir}/${name}`;
  const { exitCode, stderr } = await run([
    ...['qualify', '--rig', rig, '--seed', '1', '--out', out, '--clause', judged],
  ]);
  const { clauses, messages, tests } = recordIn(out);
  const verdicts = clauses.filter(({ id }) => judged.split(',').includes(id)).map(({ verdict }) => verdict);
  const excused = tests.filter(({ verdict, reason }) => verdict === 'not-run' && idle.test(reason ?? ''));
  return { exitCode, stderr, messages, excused: excused.length, verdicts: [...new Set(verdicts)] };
}

test('where clients are idle their silence is no failure, and it is said at once', async () => {
  const { exitCode, stderr, messages, excused, verdicts } = await qualifyAbroad('idle', {});
  expect({ exitCode, verdicts }).toEqual({ exitCode: 4, verdicts: ['not-run'] });
  expect(messages.filter((text) => idle.test(text))).toHaveLength(1);
  expect(excused).toBeGreaterThan(3);
  expect(stderr.split('\n').filter((line) => idle.test(line))).toHaveLength(1);
});

test('a module that speaks there all the same is judged', async () => {
  const { exitCode, messages, verdicts } = await qualifyAbroad('speaks', { plmns: '26201' });
  expect({ exitCode, verdicts }).toEqual({ exitCode: 0, verdicts: ['pass'] });
  expect(messages).toContainEqual(expect.stringContaining('the SIM is of network 26201'));
});

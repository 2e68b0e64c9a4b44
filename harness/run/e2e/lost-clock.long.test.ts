import { jest } from '@jest/globals';

import { recordIn, run, workFolder } from './qualify.fixture.ts';

jest.setTimeout(60_000);

const work = workFolder();
afterAll(() => work.end());

/** Makes Node's clock begin in 1970, as on a machine without a battery and a network. */
const lost = work.file(
  'lost.mjs',
  `const offset = Date.now();
   const Real = Date;
   globalThis.Date = class extends Real {
     constructor(...args) { args.length === 0 ? super(Real.now() - offset) : super(...args); }
     static now() { return Real.now() - offset; }
   };`,
);
const env = { NODE_OPTIONS: `--import=${lost}` };

/** A rig whose firmware has a deviation until that day. */
const rigUntil = (expires: string): string => {
  work.file(
    `${expires}.deviations.yaml`,
    [
      'firmware: BC26NBR01A07',
      'deviations:',
      `  CFG-READ-UNQUOTED: { reason: as it was, reference: ticket 1, expires: ${expires} }`,
    ].join('\n'),
  );
  return work.file(
    `${expires}.yaml`,
    [
      'name: lost-clock',
      'control: { driver: emulator }',
      `module: { imei: '863703030822519', firmware: BC26NBR01A07, deviations: ${expires}.deviations.yaml }`,
    ].join('\n'),
  );
};

describe('on a machine whose clock has lost its time', () => {
  test('a run says so in its record, once', async () => {
    const out = `${work.dir}/run`;
    const { exitCode, stdout } = await run(
      ['qualify', '--rig', rigUntil('2999-12-31'), '--clause', 'CFG-TEST', '--out', out],
      env,
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain('the clock of this machine shows 1970-01-01');
    expect(recordIn(out).messages.filter((text) => text.includes('clock'))).toHaveLength(1);
  });

  test('a deviation that had expired before this program was made has expired', async () => {
    const { exitCode, stderr } = await run(['qualify', '--rig', rigUntil('2025-12-31')], env);
    expect(stderr).toContain('expired on 2025-12-31');
    expect(exitCode).toBe(2);
  });
});

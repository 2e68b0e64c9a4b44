import { jest } from '@jest/globals';

import { recordIn, run, workFolder } from './qualify.fixture.ts';

jest.setTimeout(300_000);

const folder = workFolder();
afterAll(() => folder.end());

/** A rig like the default one, whose emulated module has these settings. */
function rig(
  name: string,
  settings: Readonly<Record<string, string | number>>,
  { module = '', clock = 150 } = {},
): string {
  return folder.file(
    `${name}.yaml`,
    [
      `name: ${name}`,
      `control: { driver: emulator, settings: ${JSON.stringify(settings)} }`,
      `module: { imei: '863703030822519', firmware: BC26, durableMs: 200, clock: ${clock}${module} }`,
      `platform: { listen: '127.0.0.1:0' }`,
      `credentials: { appKey: M100000089, password: Kx7pRt2mWq9dLz4v }`,
    ].join('\n'),
  );
}

/** Left out: on a busy machine answer times cannot be judged (`timing-acceptance.long.test.ts` does it). */
const timed = ['CFG-TIME', 'EX-TIME'];

/** The state of the run, and every test that has neither passed nor been observed, in words. */
function accountOf(out: string): { state: string; judged: boolean; notWell: readonly string[] } {
  const { state, clauses, tests, problems } = recordIn(out);
  const well = (verdict: string): boolean => ['pass', 'observed', 'not-run'].includes(verdict);
  const bad = tests.filter(
    ({ verdict, clauses: ids }) => !well(verdict) && !ids.some((id) => timed.includes(id)),
  );
  return {
    state,
    judged: clauses.filter(({ verdict }) => verdict === 'pass').length > 15,
    notWell: [
      ...bad.map(({ name, verdict, reason = '' }) => `${verdict}: ${name}: ${reason}`),
      ...problems.map(({ message }) => message),
    ],
  };
}

const allWell = { state: 'complete', judged: true, notWell: [] };

/** Behaviour that the note leaves open. Each of these values is known of some firmware (rigs/emulator/settings). */
describe('a module that differs only where the note is silent', () => {
  const forms = {
    testForm: 'ranges',
    reservedType: 'OK',
    reservedQuery: 'OK',
    reservedErase: 'OK',
    queryEmpty: 'zeros',
    stateParameter: 'ignored',
    queryBlank: 'blank',
    keyMaxBytes: 128,
    passwordMaxBytes: 128,
    emptyKeys: 'refused',
    keysUnquoted: 'accepted',
    maskStars: 'rest',
    shortKeys: 'hidden',
    partialAccess: 'kept',
    numberLeadingZeros: 'refused',
    numberPlus: 'accepted',
    numberQuoted: 'accepted',
    blanks: 'refused',
    ipQuoted: 'accepted',
    ipLeadingZeros: 'refused',
    ipOther: 'accepted',
    portZero: 'accepted',
    imeiForm: 'any',
    imeiQuoted: 'accepted',
    nonAscii: 'refused',
    controlBytes: 'refused',
    exReadEmpty: 'error',
    exNullRead: 'empty',
    exEmpty: 'refused',
    exUnquoted: 'accepted',
    exPartial: 'kept',
    exReadParameters: 'ignored',
    exAppInfoForm: 'checked',
    errorValue: 'ERROR',
    errorMember: 4,
    errorSyntax: 'ERROR',
    pendingInput: 'dropped',
    qrstAnswer: 'OK',
  };

  test('in the forms it takes and shows passes every clause', async () => {
    const out = `${folder.dir}/forms`;
    await run([
      ...['qualify', '--rig', rig('forms', forms), '--seed', '1', '--out', out],
      ...['--clause', 'CFG-*,EX-*,CROSS-*,ERR-*,AT-*,BOOT-*'],
    ]);
    expect(accountOf(out)).toEqual(allWell);
  });

  const client = {
    lifetimeRule: 'plus46',
    updateRule: 'event',
    lifetimeExpiry: 'update', // 9 lasts no longer than an answer of the platform takes
    endpointName: 'v1',
    keyDigest: 'truncated',
    imei2: 'module',
    coapTimeoutS: 2,
    retryDelayS: 60,
    failureShown: 'until-result',
    deviceInfo: 'absent',
  };

  test('in what it sends to the platform passes every clause of the states and the wire', async () => {
    const out = `${folder.dir}/client`;
    // This client shows state 4 in its first 62 s alone. At 150 they are 0.41 s, in which a busy machine brings no module up.
    await run([
      ...['qualify', '--rig', rig('client', client, { clock: 60 }), '--seed', '1', '--out', out],
      ...['--clause', 'STATE-*,WIRE-*,CFG-APPLY-WIRE,EX-APPLY*,EX-ERASE-APPLY'],
    ]);
    expect(accountOf(out)).toEqual(allWell);
  });
});

test('a module without a network fails nothing: the rig has failed', async () => {
  const out = `${folder.dir}/no-network`;
  const file = rig('no-network', { sim: 'absent' }, { module: ', attachDeadlineMs: 3000' });
  const { exitCode, stdout } = await run([
    ...['qualify', '--rig', file, '--clause', 'STATE-*', '--seed', '1', '--out', out],
  ]);
  const { tests, problems } = recordIn(out);
  expect({ exitCode, problems: problems.map(({ code }) => code) }).toEqual({
    exitCode: 3,
    problems: ['NETWORK_NOT_ATTACHED'],
  });
  expect(tests.map(({ verdict }) => verdict)).not.toContain('fail');
  expect(stdout).toContain('check antenna, SIM and coverage');
});

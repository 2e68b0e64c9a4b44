import type { Entry } from '../../../reports/record/entry.ts';
import type { Exchange } from '../../at/exchange.ts';
import { HilError } from '../../base/error.ts';
import { savedRecords } from '../../cmdmp/records.ts';
import type { LineFault } from '../host/fixtures.ts';
import type { Input, Line } from './input-log.ts';
import { createSilences } from './silences.ts';

const unanswered = new HilError('AT_TIMEOUT', 'no final result');
const deadError = new HilError('MODULE_DEAD', 'nothing brings the module back');

/** A line on which every command is answered OK but those in `mute`. */
const lineOf = (mute: readonly string[]): Line => ({
  at: (command) =>
    mute.includes(command)
      ? Promise.reject(unanswered)
      : Promise.resolve({ command, final: { kind: 'OK', text: 'OK' } } as Exchange),
  transmit: (bytes) =>
    Promise.resolve({ sent: Buffer.from(bytes).toString('latin1'), finals: 0, lines: [] } as never),
});

function silencesOf({ mute = [] as string[], isProven = true } = {}) {
  const said: Entry[] = [];
  const faults: LineFault[] = [];
  const wiring = { isProven: () => isProven, state: () => 'works' as const };
  const silences = createSilences({
    emit: (entry) => said.push(entry),
    wiring,
    fault: (found) => faults.push(found),
  });
  const line = silences.followedOn(lineOf(mute));
  const given: string[] = [];
  /** Judges a module that falls silent after any of `guilty`. */
  const judge = (...guilty: readonly string[]) =>
    silences.judge({
      give: ({ bytes }: Input) => {
        given.push(bytes);
        return Promise.resolve(!guilty.includes(bytes));
      },
      recover: () => Promise.resolve('reset-pin brought it back'),
    });
  const of = (type: Entry['type']) => said.filter((entry) => entry.type === type);
  const give = (...commands: readonly string[]) =>
    commands.reduce(
      (before, command) => before.then(() => line.at(command).then(undefined, () => undefined)),
      Promise.resolve<unknown>(undefined),
    );
  return { silences, line, judge, given, give, of, faults };
}

const read = 'AT+QDMPCFGEX=3,1';
const next = 'AT+QDMPCFG=4,1';

test('the command that was not answered is given once more, and blamed if the module is silent again', async () => {
  const { judge, given, give, of, line } = silencesOf({ mute: [read] });
  await give('AT', next, read, 'AT', 'AT');
  expect(await judge(`${read}\r`)).toMatchObject({ verdict: 'fail', input: read, guilty: true });
  expect(given).toEqual([`${read}\r`]);
  expect(of('silence')).toMatchObject([{ verdict: 'fail', text: expect.stringContaining(read) as string }]);
  await expect(line.at(read)).rejects.toMatchObject({ code: 'INPUT_SILENCES', blame: 'stopped' });
});

test('a command that was answered, and silenced the module all the same, is blamed for the next', async () => {
  const { judge, given, give } = silencesOf({ mute: [next] });
  await give(read, 'AT', next);
  expect(await judge(`${read}\r`)).toMatchObject({ verdict: 'fail', input: read, guilty: false });
  expect(given).toEqual([`${next}\r`, `${read}\r`]);
});

test('a silence that does not come again is flaky, and a second one fails', async () => {
  const { judge, give, of, line } = silencesOf({ mute: [next] });
  await give(read, next);
  expect(await judge()).toMatchObject({ verdict: 'flaky', guilty: false });
  await give(read, next);
  expect(await judge()).toMatchObject({
    verdict: 'fail',
    guilty: false,
    text: expect.stringContaining('before') as string,
  });
  expect(of('silence')).toHaveLength(2);
  // Neither is known to silence the module.
  await expect(line.at(read)).resolves.toMatchObject({ command: read });
});

test('raw bytes are an input up to the end of their line', async () => {
  const { judge, given, line, give } = silencesOf({ mute: ['AT'] });
  const until = { finals: 0, quietMs: 1, deadlineMs: 1 };
  await line.transmit(Buffer.from('x'.repeat(400)), until);
  await line.transmit(Buffer.from('\r'), until);
  await give('AT');
  const bytes = `${'x'.repeat(400)}\r`;
  expect(await judge(bytes)).toMatchObject({ verdict: 'fail', guilty: true });
  expect(given).toEqual([bytes]);
  await expect(line.transmit(Buffer.from(bytes), until)).rejects.toMatchObject({ code: 'INPUT_SILENCES' });
});

test('a private key is not shown', async () => {
  const save = 'AT+QDMPCFG=2,"M100000089","Kx7pRt2mWq9dLz4v",0,863703030822519';
  const { judge, give, of } = silencesOf({ mute: [save] });
  await give(save);
  await judge(`${save}\r`);
  expect(JSON.stringify(of('silence'))).not.toContain('Kx7pRt2m');
});

test('a command that never gets a final result is a fault of the line, and is not given any more', async () => {
  const { silences, line, faults, of } = silencesOf({ mute: [read] });
  const text = `${read} got no final result however often it was given, and AT was answered each time`;
  const refusal = silences.neverAnswered(read);
  expect(refusal).toMatchObject({ code: 'INPUT_SILENCES', blame: 'stopped' });
  expect(refusal.message).toContain('AT-ONE-FINAL');
  expect(faults).toEqual([{ clause: 'AT-ONE-FINAL', text }]);
  await expect(line.at(read)).rejects.toBe(refusal);
  // It is no silence: the module answers.
  expect(of('silence')).toEqual([]);
});

test('no input, no suspect', async () => {
  const { judge, give, of } = silencesOf();
  await give('AT');
  expect(await judge()).toBeUndefined();
  expect(of('silence')).toEqual([]);
});

describe('a module that nothing brings back', () => {
  const save = 'AT+QDMPCFG=0,0';
  const held = { inUse: { text: '', final: 'OK' }, saved: { 'QDMPCFG 0': { text: '0,1', final: 'OK' } } };

  test('has failed where the wiring was seen to work; its last save and what it held are told', async () => {
    const { silences, give, of } = silencesOf({ mute: [read] });
    silences.held(held, { emulated: false, mayLoseCredentials: false });
    await give(save, read);
    expect(silences.died(deadError)).toMatchObject({ code: 'MODULE_SILENCED', blame: 'stopped' });
    expect(silences.dead?.code).toBe('MODULE_SILENCED');
    expect(of('silence')).toMatchObject([{ verdict: 'fail', input: read }]);
    const [error] = of('module-error');
    expect(error).toMatchObject({
      message: expect.stringContaining(`${read}, given after ${save}`) as string,
      remedy: expect.stringMatching(/its last save was AT\+QDMPCFG=0,0; .*AT\+QDMPCFG=5,0/) as string,
    });
  });

  test('is the rig’s matter where it was not', async () => {
    const { silences, give, of } = silencesOf({ mute: [read], isProven: false });
    await give(save, read);
    expect(silences.died(deadError)).toBe(deadError);
    expect(silences.dead).toBeUndefined();
    expect(of('module-error')).toEqual([]);
  });
});

test.each([
  ['QDMPCFG 1', ['AT+QDMPCFG=1,192.0.2.7,5683,300', 'AT+QDMPCFG=5,1', 'AT+QDMPCFG=5,4'], 'AT+QDMPCFG=5,0'],
  ['QDMPCFGEX 5', ['AT+QDMPCFGEX=5,0,"a"', 'AT+QDMPCFGEX=5,2'], 'AT+QDMPCFGEX=4,2'],
])('a record that could not be read is left alone: %s', async (name, refused, allowed) => {
  const { silences, line } = silencesOf();
  silences.protect(savedRecords.find((record) => record.name === name)!);
  for (const command of refused)
    await expect(line.at(command)).rejects.toMatchObject({ code: 'INPUT_SILENCES' });
  await expect(line.at(allowed)).resolves.toMatchObject({ command: allowed });
});

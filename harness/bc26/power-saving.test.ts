import type { PowerSavingFound } from './bench.ts';
import { bringUp } from './bring-up.ts';
import { elapse, type FakeReply } from './fake-at.fixture.ts';
import { fakeBench } from './fake-bench.fixture.ts';
import { switchOnPowerSaving } from './power-saving.ts';

const psm = '1,,,"01000011","00000001"';

/** Brings up a module that answers so: the power-saving commands it was sent, and what was kept of its settings. */
async function broughtUp(replies: Record<string, FakeReply>) {
  const powerSaving: PowerSavingFound = new Map();
  const bench = { ...fakeBench({ replies }), powerSaving };
  await elapse(bench.clock, bringUp(bench, bench.clock.now()));
  const sent = bench.at.commands.filter((command) => /^AT\+C(PSMS|EDRXS)=/.test(command));
  return { bench, sent, found: [...powerSaving] };
}

describe('power saving', () => {
  test.each<[string, Record<string, FakeReply>]>([
    ['off', { 'AT+CPSMS?': ['+CPSMS: 0', 'OK'], 'AT+CEDRXS?': ['OK'] }],
    ['off, with the timers it had', { 'AT+CPSMS?': [`+CPSMS:0,,,"01000011","00000001"`, 'OK'] }],
    ['off for every access technology', { 'AT+CEDRXS?': ['+CEDRXS: 0', 'OK'] }],
  ])('is not written where it is %s', async (_, replies) => {
    expect(await broughtUp(replies)).toMatchObject({ sent: [], found: [] });
  });

  test.each<[string, FakeReply, string, readonly string[]]>([
    ['AT+CPSMS', [`+CPSMS: ${psm}`, 'OK'], 'on', [`AT+CPSMS=${psm}`]],
    ['AT+CPSMS', ['+CPSMS: 1', 'OK'], 'on, by default timers', ['AT+CPSMS=1']],
    ['AT+CEDRXS', ['+CEDRXS: 5,"0101"', 'OK'], 'on', ['AT+CEDRXS=1,5,"0101"']],
    [
      'AT+CEDRXS',
      ['+CEDRXS: 4,"0101"', '+CEDRXS: 5,"0010"', 'OK'],
      'on for two access technologies',
      ['AT+CEDRXS=1,4,"0101"', 'AT+CEDRXS=1,5,"0010"'],
    ],
    ['AT+CPSMS', ['+CPSMS: 1,,,"1e"', 'OK'], 'on, in another form', []],
    ['AT+CEDRXS', ['+CEDRXS: 5,"0101"', '+CEDRXS: ?', 'OK'], 'on, in part in another form', []],
    ['AT+CPSMS', ['OK'], 'not shown', []],
    ['AT+CEDRXS', ['+CME ERROR: 4'], 'not to be read', []],
  ])('%s: %j is switched off, and kept: it was %s', async (command, reply, _, back) => {
    const { sent, found } = await broughtUp({ [`${command}?`]: reply });
    expect(sent).toEqual([`${command}=0`]);
    expect(found).toEqual([[command, back]]);
  });

  test('that the firmware does not have is not put back', async () => {
    const { found, bench } = await broughtUp({ 'AT+CEDRXS?': ['ERROR'], 'AT+CEDRXS=0': ['ERROR'] });
    expect(found).toEqual([]);
    expect(bench.trace.lines[0]?.body.text).toContain('AT+CEDRXS=0 was refused');
  });

  test('is kept as it was found first, even if a later boot shows another value', async () => {
    const { bench } = await broughtUp({ 'AT+CPSMS?': ['+CPSMS: 1', 'OK'] });
    bench.powerSaving.set('AT+CPSMS', [`AT+CPSMS=${psm}`]);
    await elapse(bench.clock, bringUp(bench, bench.clock.now()));
    expect([...bench.powerSaving]).toEqual([['AT+CPSMS', [`AT+CPSMS=${psm}`]]]);
  });
});

describe('at the end', () => {
  const found: PowerSavingFound = new Map([
    ['AT+CPSMS', [`AT+CPSMS=${psm}`]],
    ['AT+CEDRXS', []],
  ]);

  test('what was on is switched on again, and what could not be read is reported', async () => {
    const { clock, at } = fakeBench();
    const said = await elapse(clock, switchOnPowerSaving({ at: (command) => at.send(command) }, found));
    expect(at.commands).toEqual([`AT+CPSMS=${psm}`]);
    expect(said).toEqual(['AT+CEDRXS stays off: what it was could not be read']);
  });

  test.each<[string, FakeReply, string]>([
    ['refused', ['+CME ERROR: 50'], '+CME ERROR: 50'],
    ['not answered', 'silence', 'no answer'],
  ])('what is %s is reported', async (_, reply, why) => {
    const { clock, at } = fakeBench({ replies: { [`AT+CPSMS=${psm}`]: reply } });
    const said = await elapse(clock, switchOnPowerSaving({ at: (command) => at.send(command) }, found));
    expect(said).toHaveLength(2);
    expect(said[0]).toContain('AT+CPSMS stays off, which was on by AT+CPSMS=1,,,');
    expect(said[0]).toContain(why);
  });
});

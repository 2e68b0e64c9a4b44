import { bringUp } from './bring-up.ts';
import { elapse, type FakeReply } from './fake-at.fixture.ts';
import { type FakeBench, fakeBench } from './fake-bench.fixture.ts';
import { reboot } from './reboot.ts';

const identity = { imei: '863703030822519', revision: 'BC26NBR01A07' };

const booted = async (bench: FakeBench) => {
  const trigger = bench.clock.now();
  await bench.control.on();
  return elapse(bench.clock, bringUp(bench, trigger));
};
const countOf = (bench: FakeBench, command: string): number =>
  bench.at.commands.filter((sent) => sent === command).length;
const notes = (bench: FakeBench) => bench.trace.lines.map(({ body }) => body.text);

/** What a BC28 or BG95 refuses for 4 s after each boot, each alone and all at once. */
const early: [string, RegExp][] = [
  ['AT+CGSN=1', /^AT\+CGSN=1$/],
  ['AT+CGMR and ATI', /^(AT\+CGMR|ATI)$/],
  ['AT+CMEE=1', /^AT\+CMEE=1$/],
  ['ATE0', /^ATE0$/],
  ['AT+QSCLK=0', /^AT\+QSCLK=0$/],
  ['AT+CPSMS?', /^AT\+CPSMS/],
  ['everything but AT', /^AT.+/],
];
const replies: [string, FakeReply][] = [
  ['ERROR', ['ERROR']],
  ['+CME ERROR: 14', ['+CME ERROR: 14']],
  ['nothing', 'silence'],
];

describe.each(early)('a module that is up, but not ready for %s', (_, commands) => {
  test.each(replies)('and answers it %s for 4 s, is asked again at each boot', async (__, reply) => {
    const bench = fakeBench({ on: false, early: { ms: 4_000, commands, reply } });
    const { bootMs, namedMs, identity: found } = await booted(bench);
    expect(found).toEqual(identity);
    expect(bootMs).toBeLessThan(1_900);
    // All that it needs is set, later, with nothing left undone.
    expect(bench.learned).toMatchObject({ echoes: false, refused: new Set() });
    expect(notes(bench)).toEqual([]);
    const namesItself = !/^AT(E0|\+QSCLK=0|\+CPSMS)/.test(bench.at.commands.find((c) => commands.test(c))!);
    if (namesItself || commands.test('AT+CGSN=1')) expect(namedMs).toBeGreaterThanOrEqual(5_500);
    else expect(namedMs).toBeLessThan(reply === 'silence' ? 7_500 : 2_000);

    const plan = { identity, cutSince: 0n, cutAfterMs: 0, before: { text: true, bootMs } };
    expect(await elapse(bench.clock, reboot(bench, 'soft', plan))).toMatchObject({ boots: 1 });
  });
});

test('a module that throws ATE0 away for a second after its first OK is up two seconds later', async () => {
  const bench = fakeBench({ on: false, early: { ms: 1_000, commands: /^ATE0$/, reply: 'silence' } });
  const { bootMs, namedMs } = await booted(bench);
  expect(namedMs - bootMs).toBeLessThan(2_000);
  expect(bench.learned.echoes).toBe(false);
});

describe('patience has an end', () => {
  test.each(['AT+CMEE=1', 'AT+CGSN=1'])(
    '%s that is never answered OK: at the boot’s deadline',
    async (command) => {
      const bench = fakeBench({ on: false, replies: { [command]: ['ERROR'] } });
      await expect(booted(bench)).rejects.toMatchObject({
        code: 'AT_REFUSED',
        message: `${command} was refused: ERROR`,
      });
      expect(bench.clock.now()).toBeGreaterThanOrEqual(30_000_000_000n);
      expect(bench.clock.now()).toBeLessThan(31_000_000_000n);
      // At the pace of the sync, not in a flood.
      expect(countOf(bench, command)).toBeLessThan(100);
    },
  );

  test('a command that the firmware lacks is asked for 5 s, and once at later boots', async () => {
    const bench = fakeBench({ on: false, replies: { 'AT+QSCLK=0': ['ERROR'] } });
    await booted(bench);
    expect(bench.clock.now()).toBeLessThan(8_000_000_000n);
    const first = countOf(bench, 'AT+QSCLK=0');
    expect(first).toBeGreaterThan(10);
    await bench.control.off();
    await booted(bench);
    expect(countOf(bench, 'AT+QSCLK=0')).toBe(first + 1);
    const note = 'AT+QSCLK=0 was refused: ERROR; the module may fall asleep';
    expect(notes(bench)).toEqual([note, note]);
  });

  test('it ends at once when it is aborted', async () => {
    const bench = fakeBench({ replies: { 'AT+CGSN=1': ['ERROR'] } });
    const stop = new AbortController();
    bench.clock.after(2_000, () => stop.abort());
    const up = elapse(bench.clock, bringUp(bench, 0n, stop.signal));
    await expect(up).rejects.toMatchObject({ code: 'ABORTED' });
    expect(bench.clock.now()).toBeLessThanOrEqual(2_020_000_000n);
  });
});

describe('an echo that cannot be switched off', () => {
  test.each<[string, readonly string[]]>([
    ['refused', ['ERROR']],
    ['accepted in vain', ['OK']],
  ])('ATE0 is %s: it is lived with, noted, and costs later boots no time', async (_, answer) => {
    const bench = fakeBench({ on: false, echoes: true, replies: { ATE0: answer } });
    expect((await booted(bench)).identity).toEqual(identity);
    expect(bench.learned.echoes).toBe(true);
    expect(notes(bench)).toEqual([expect.stringMatching(/^ATE0 was .*: the echo is lived with$/)]);
    await bench.control.off();
    const second = bench.clock.now();
    await booted(bench);
    expect(bench.clock.now() - second).toBeLessThan(2_500_000_000n);
    expect(bench.learned.echoes).toBe(true);
  });
});

import { HilError } from '../base/error.ts';
import { elapse, type FakeReply } from './fake-at.fixture.ts';
import { everything, fakeBench } from './fake-bench.fixture.ts';
import { ladderOf, recover } from './recovery.ts';
import { acted, broken, cause, climb, identity, noted, trouble, wedged } from './wedged-bench.fixture.ts';

describe('recovery', () => {
  test('a module that answers after all needs no more than a re-sync', async () => {
    const bench = fakeBench();
    expect(await climb(bench)).toEqual([{ rung: 're-sync', helped: true }]);
    expect(bench.acts).toEqual([]);
  });

  test.each([
    ['drain', 'drain'],
    ['reset', 'reset-pin'],
    ['off', 'supply-cut'],
  ])('a module that only %s helps is brought back at the rung %s', async (helps, rung) => {
    const bench = wedged(helps);
    const tried = await climb(bench);
    expect(tried.at(-1)).toEqual({ rung, helped: true });
    expect(tried.slice(0, -1).every(({ helped }) => !helped)).toBe(true);
    expect(noted(bench).map((note) => note['rung'])).toEqual(tried.map((step) => step.rung));
  });

  test.each([undefined, 'drain'])('the whole set-up follows where no boot was needed (%s)', async (helps) => {
    const bench = helps ? wedged(helps) : fakeBench();
    await climb(bench);
    const last = bench.at.commands.slice(bench.at.commands.lastIndexOf('AT'));
    expect(last).toEqual(expect.arrayContaining(['ATE0', 'AT+CMEE=1', 'AT+QSCLK=0', 'AT+CGSN=1']));
  });

  test('rungs a board cannot climb are passed over, and say so', async () => {
    const bare = { ...everything, reset: false, powerKey: false };
    const tried = await climb(wedged('off', bare));
    expect(tried.filter(({ reason }) => reason === 'this board cannot').map(({ rung }) => rung)).toEqual([
      'reset-pin',
      'power-cycle',
    ]);
    expect(ladderOf(tried)).toContain('supply-cut helped');
  });

  test('a module that nothing helps is dead, for the reason it was in trouble', async () => {
    const bench = wedged(undefined);
    await expect(climb(bench)).rejects.toMatchObject({ code: 'MODULE_DEAD', blame: 'rig', cause });
  });

  test('boots nothing more once the caller gave up', async () => {
    const bench = wedged(undefined, { ...everything, reset: false, powerKey: false });
    const stop = new AbortController();
    const control = { ...bench.control, off: () => bench.control.off().finally(() => stop.abort()) };
    const recovered = recover({ ...bench, control }, trouble, stop.signal);
    await expect(elapse(bench.clock, recovered)).rejects.toMatchObject({ code: 'ABORTED' });
    expect(acted(bench)).toEqual(['off']);
    expect(noted(bench).at(-1)).toMatchObject({ rung: 'supply-cut', helped: false, reason: 'ABORTED' });
  });
});

describe('a module that answers AT, but not the command that caused the trouble', () => {
  const asks = 'AT+QDMPCFG?';
  const hangs = (command: string): FakeReply | undefined =>
    command.startsWith('AT+QDMPCFG') ? 'silence' : undefined;

  test('is reset, since no gentler rung makes it answer', async () => {
    const bench = wedged('reset', everything, hangs);
    const tried = await climb(bench, { asks });
    expect(tried.slice(0, 2)).toMatchObject([
      { rung: 're-sync', helped: false, reason: 'it answers AT, but not AT+QDMPCFG?' },
      { rung: 'drain', helped: false },
    ]);
    expect(tried.at(-1)).toEqual({ rung: 'reset-pin', helped: true });
  });

  test('needs no more than a re-sync where it answers by an error', async () => {
    const bench = fakeBench({ replies: { [asks]: ['ERROR'] } });
    expect(await climb(bench, { asks })).toEqual([{ rung: 're-sync', helped: true }]);
  });

  test.each([
    ['every rung is climbed', undefined, 'supply-cut', ['reset', 'power-key', 'off', 'on']],
    ['it must not be booted', new HilError('STRANGER_AT_REBOOT', 'not booted'), 'supply-cut', []],
  ])('is not dead where nothing makes it answer, and %s', async (_, mayNotBoot, last, acts) => {
    const bench = wedged(undefined, everything, hangs);
    const tried = await climb(bench, { asks, mayNotBoot });
    expect(tried.at(-1)).toMatchObject({ rung: last, helped: false });
    expect(acted(bench)).toEqual(acts);
  });

  test('is dead where the last rung that was climbed leaves nothing that answers', async () => {
    const bench = wedged(undefined, everything, hangs);
    const failing = broken(bench, 'on', new HilError('CONTROL_FAILED', 'exit code 1'));
    await expect(climb(failing, { asks })).rejects.toMatchObject({ code: 'MODULE_DEAD' });
  });
});

describe('a rung that fails', () => {
  test('by the board is not the last, and is noted in the trace', async () => {
    const bench = broken(wedged('off'), 'reset', new HilError('GPIO_NOT_POWERED', 'VDD_EXT stays low'));
    const tried = await climb(bench);
    expect(tried.at(-1)).toEqual({ rung: 'supply-cut', helped: true });
    expect(noted(bench)).toContainEqual({
      kind: 'recovery',
      rung: 'reset-pin',
      helped: false,
      reason: 'GPIO_NOT_POWERED',
      message: 'VDD_EXT stays low',
      because: 'AT_TIMEOUT',
    });
  });

  test.each([
    ['AT_REFUSED', 'AT+CMEE=1', ['ERROR']],
    ['AT_ANSWER_MALFORMED', 'AT+CGSN=1', ['+CGSN: ?', 'OK']],
  ])('by %s is not the last', async (code, refused, answer) => {
    const bench = wedged('reset', everything, (command) => (command === refused ? answer : undefined));
    const tried = await climb(bench);
    expect(tried[0]).toMatchObject({ rung: 're-sync', helped: false, reason: code });
    expect(tried.at(-1)).toEqual({ rung: 'reset-pin', helped: true });
  });

  test('as the last one leaves a dead module, and the error names each rung', async () => {
    const bench = broken(wedged(undefined), 'on', new HilError('CONTROL_FAILED', 'exit code 1'));
    await expect(climb(bench)).rejects.toMatchObject({
      code: 'MODULE_DEAD',
      message: expect.stringContaining('supply-cut CONTROL_FAILED') as string,
    });
  });

  test.each(['PORT_GONE', 'PORT_CLOSED', 'ABORTED'] as const)(
    'by %s ends everything at once, and is noted in the trace',
    async (code) => {
      const bench = broken(wedged('off'), 'reset', new HilError(code, 'so it went'));
      await expect(climb(bench)).rejects.toMatchObject({ code });
      expect(acted(bench)).toEqual(['reset']);
      expect(noted(bench).at(-1)).toMatchObject({ rung: 'reset-pin', helped: false, reason: code });
    },
  );

  test('since another module answers ends everything at once', async () => {
    const bench = wedged('reset');
    const other = { ...identity, imei: '863703030822500' };
    await expect(climb(bench, { identity: other })).rejects.toMatchObject({ code: 'IDENTITY_MISMATCH' });
    expect(noted(bench).at(-1)).toMatchObject({ rung: 'reset-pin', reason: 'IDENTITY_MISMATCH' });
    expect(acted(bench)).toEqual(['reset']);
  });
});

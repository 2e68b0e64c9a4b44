import { until } from '../../harness/base/until.fixture.ts';
import { Player } from './player.ts';
import type { Step } from './script.ts';

const patience = { tickMs: 1, ticks: 2 };
const awaited = (line: number, ms: number, what: string): Step => ({
  ...{ is: 'awaited', line, at: BigInt(ms) * 1_000_000n, lane: 'uart', what },
});

let player: Player;
afterEach(() => player.close());

test('a harness that waits for nothing is told at which line it should have sent something', async () => {
  player = new Player([awaited(7, 0, 'AT\r')], { start: 0n, play: () => {}, patience });
  await until(
    () => player.differs.heard?.message,
    (message) => message === 'line 7 of the trace has AT\\r to the module, and the harness now sends nothing',
  );
});

test('a harness that waits longer than in the trace is let wait, once it does nothing else', async () => {
  player = new Player([awaited(1, 0, 'AT\r'), awaited(2, 10, 'ATI\r')], {
    start: 0n,
    play: () => {},
    patience,
  });
  player.act('uart', 'AT\r');
  let waited = false;
  player.clock.after(5_000, () => (waited = true));
  await until(
    () => waited,
    (done) => done,
  );
  expect(player.act('uart', 'ATI\r')).toBe(1);
  expect(player.clock.now()).toBe(5_000_000_000n);
});

test('a timer beyond the next act of the harness does not fire while it computes', async () => {
  player = new Player([awaited(1, 0, 'AT\r'), awaited(2, 10, 'ATI\r')], { start: 0n, play: () => {} });
  player.act('uart', 'AT\r');
  let fired = false;
  player.clock.after(5_000, () => (fired = true));
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
  expect(fired).toBe(false);
});

test('nothing fires after the end', async () => {
  player = new Player([], { start: 0n, play: () => {} });
  let fired = false;
  player.clock.after(1, () => (fired = true));
  player.close();
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
  expect(fired).toBe(false);
});

describe('a test that the trace has', () => {
  const steps: Step[] = [
    awaited(1, 0, 'AT\r'),
    { is: 'played', line: 2, at: 900_000_000n, play: { lane: 'uart', data: 'RDY' } },
    { is: 'begun', line: 3, at: 1_000_000_000n, test: 'second' },
  ];

  test('begins when all has come that came before it, at its time', async () => {
    const came: number[] = [];
    player = new Player(steps, { start: 0n, play: ({ line }) => came.push(line) });
    player.act('uart', 'AT\r');
    await player.begin('second');
    expect(came).toEqual([2]);
    expect(player.clock.now()).toBe(1_000_000_000n);
  });

  test('begins without what the harness did not do, once that does nothing', async () => {
    player = new Player(steps, { start: 0n, play: () => {}, patience });
    await player.begin('second');
    expect(player.act('uart', 'AT\r')).toBe(0);
  });

  test('begins at once when it is over or another one', async () => {
    player = new Player(steps, { start: 0n, play: () => {} });
    await player.begin('a test that is new');
    expect(player.clock.now()).toBe(0n);
  });
});

test('a packet that was overtaken does not make the harness late', () => {
  const packet: Step = { is: 'awaited', line: 1, at: 0n, lane: 'platform', what: 'a', peer: 'p' };
  player = new Player([packet, awaited(2, 10, 'AT\r'), awaited(3, 20, 'ATI\r')], {
    start: 0n,
    play: () => {},
  });
  player.act('uart', 'AT\r');
  player.act('platform', 'a', 'p');
  player.act('uart', 'ATI\r');
  expect(player.clock.now()).toBe(20_000_000n);
});

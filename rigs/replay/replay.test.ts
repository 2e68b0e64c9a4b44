import { toNs } from '../../harness/base/clock.ts';
import { hasCode } from '../../harness/base/error.ts';
import { beginReplay, type BegunReplay, board, type Body, control, count, rx, tx } from './replay.fixture.ts';
import type { Replay } from './replay.ts';

let replay: Replay;

/** Begins the replay of a trace. */
function begin(...bodies: Body[]): BegunReplay {
  const begun = beginReplay(...bodies);
  replay = begun.replay;
  return begun;
}

const write = (data: string): bigint => replay.port.write(Buffer.from(data, 'latin1')).before;
const wait = (ms: number): Promise<void> => new Promise((resolve) => replay.clock.after(ms, resolve));

const answer = '\r\n+QDMPCFG: 1,192.0.2.7,5683,420\r\n\r\nOK\r\n';

test('plays what the module sent, byte for byte and at its time', async () => {
  const { heard, ms } = begin(tx(0, 'AT+QDMPCFG=4,1\r'), rx(21.5, answer), rx(30, '\r\nRDY\r\n'));
  write('AT+QDMPCFG=4,1\r');
  expect(ms()).toBe(0);
  await count(heard, 2);
  expect(heard).toEqual([
    [21.5, answer],
    [30, '\r\nRDY\r\n'],
  ]);
});

test.each(Array.from({ length: answer.length - 1 }, (_, index) => index + 1))(
  'plays an answer that came in two parts, the first of %i bytes',
  async (first) => {
    const parts = [answer.slice(0, first), answer.slice(first)] as const;
    const { heard } = begin(tx(0, 'AT\r'), rx(5, parts[0]), rx(6, parts[1]));
    write('AT\r');
    await count(heard, 2);
    expect(heard).toEqual([
      [5, parts[0]],
      [6, parts[1]],
    ]);
  },
);

test('plays nothing before the harness has sent what it sent then', async () => {
  const { heard } = begin(tx(0, 'AT\r'), rx(1, 'OK'), tx(2, 'ATI\r'), rx(3, 'BC26'));
  write('AT\r');
  await count(heard, 1);
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
  expect(heard).toHaveLength(1);
  write('ATI\r');
  await count(heard, 2);
});

test('lets the timers of the harness fire between the bytes of the module', async () => {
  const { heard, clock } = begin(tx(0, 'AT\r'), rx(10, 'a'), rx(30, 'b'));
  clock.after(20, () => heard.push([20, 'the timer']));
  write('AT\r');
  await count(heard, 3);
  expect(heard.map(([, data]) => data)).toEqual(['a', 'the timer', 'b']);
});

test('goes to the time of the trace where the harness was slower then', async () => {
  const { heard } = begin(tx(0, 'AT\r'), rx(1, 'OK'), tx(500, 'ATI\r'), rx(507, 'BC26'));
  write('AT\r');
  await count(heard, 1);
  write('ATI\r');
  await count(heard, 2);
  expect(heard[1]).toEqual([507, 'BC26']);
});

test('plays an answer as much later as the harness sends its command', async () => {
  const { heard, ms } = begin(tx(0, 'AT\r'), rx(1, 'OK'), tx(10, 'ATI\r'), rx(17, 'BC26'));
  write('AT\r');
  await count(heard, 1);
  await wait(39);
  expect(ms()).toBe(40);
  write('ATI\r');
  await count(heard, 2);
  expect(heard[1]).toEqual([47, 'BC26']);
});

test('plays the boot that an action began, and ends the action when it ended', async () => {
  const { heard, ms } = begin(control(0, 'on', 'begun'), rx(300, 'F1: '), control(700, 'on', 'done'));
  await replay.control.on();
  expect(heard).toEqual([[300, 'F1: ']]);
  expect(ms()).toBe(700);
});

test('fails an action as it failed then', async () => {
  begin(control(0, 'reset', 'begun'), control(5, 'reset', 'failed', { error: 'CONTROL_TIMEOUT: no end' }));
  await expect(replay.control.reset()).rejects.toThrow('CONTROL_TIMEOUT: no end');
});

test('says what the board said of its supply', async () => {
  begin(control(0, 'powered', 'begun'), control(1, 'powered', 'done', { result: false }));
  expect(await replay.control.powered()).toBe(false);
});

test.each([
  ['another command', 'AT+QDMPCFG=4,2\r', 'AT+QDMPCFG=4,2\\r'],
  ['a command that is cut', 'AT+QDMPCFG=4,1', 'AT+QDMPCFG=4,1'],
  ['a byte that cannot be seen', 'AT+QDMPCFG=4,1\x00\r', 'AT+QDMPCFG=4,1\\x00\\r'],
])('says at which line the harness sends %s', (_, sent, shown) => {
  begin(rx(0, '\r\nRDY\r\n'), tx(1, 'AT+QDMPCFG=4,1\r'), rx(21, answer));
  write(sent);
  expect(replay.port.gone).toMatchObject({
    code: 'REPLAY_DIFFERS',
    message: `line 2 of the trace has AT+QDMPCFG=4,1\\r to the module, and the harness now sends ${shown} to the module`,
  });
});

test('says at which line the harness begins another action, which ends at once', async () => {
  begin(control(0, 'off', 'begun'), control(5, 'off', 'done'));
  await replay.control.reset();
  expect(replay.port.gone?.message).toBe(
    'line 1 of the trace has off to the board, and the harness now sends reset to the board',
  );
});

test('says that the trace ends before the harness does', () => {
  begin(tx(0, 'AT\r'));
  write('AT\r');
  write('ATI\r');
  expect(replay.port.gone).toMatchObject({
    code: 'REPLAY_ENDS',
    message: 'the trace ends at line 1, and the harness now sends ATI\\r to the module',
  });
});

test('after a difference nothing more is played, writes fail, and timers go on', async () => {
  const { heard, ms } = begin(tx(0, 'AT\r'), rx(1, 'OK'));
  const told: unknown[] = [];
  replay.port.onGone((error) => told.push(error.code));
  const { done } = replay.port.write(Buffer.from('ATI\r'));
  expect(told).toEqual(['REPLAY_DIFFERS']);
  expect(hasCode(await done.catch((error: unknown) => error), 'REPLAY_DIFFERS')).toBe(true);
  await wait(60_000);
  expect(ms()).toBe(60_000);
  expect(heard).toEqual([]);
});

test('a difference ends what is awaited', async () => {
  begin(control(0, 'on', 'begun'), tx(1, 'AT\r'), control(2, 'on', 'done'));
  const on = replay.control.on();
  write('ATI\r');
  await on;
});

test('knows of an exchange what kept its answer that was not the module', async () => {
  const sent = 'AT+QDMPCFG=4,1\r';
  const hi = 21.5 - (sent.length * 10_000) / board.baud;
  const exchange = { ms: 22, source: 'note', type: 'exchange', lo: 12, hi, disturbanceMs: 7.25 };
  const { heard } = begin(tx(0, 'AT\r'), tx(0, sent), rx(10, '\r\n'), rx(21.5, 'OK\r\n'), exchange);
  write('AT\r');
  const sentAt = write(sent);
  await count(heard, 2);
  const startedAt = sentAt + toNs((sent.length * 10_000) / board.baud);
  expect(replay.disturbanceOf('AT+QDMPCFG=4,1', replay.clock.now(), startedAt)).toBe(7.25);
  expect(replay.disturbanceOf('AT', replay.clock.now(), startedAt)).toBe(0);
});

test('leaves out the measurement of the harness’s own delay, whose other half is in no trace', async () => {
  const { heard, ms } = begin(
    ...[tx(0, 'ATI\r'), rx(1, 'BC26'), tx(2, 'AT\r'), rx(3, 'OK'), tx(4, 'AT\r'), rx(5, 'OK')],
    { ms: 6, source: 'note', type: 'own-share' },
    ...[control(7, 'rest', 'begun'), control(8, 'rest', 'done')],
  );
  write('ATI\r');
  await count(heard, 1);
  await replay.control.rest();
  expect(ms()).toBe(8);
  expect(heard).toHaveLength(1);
  expect(replay.port.gone).toBeUndefined();
});

import { msToNs } from '../base/clock.ts';
import { ManualClock } from '../base/manual-clock.fixture.ts';
import { type ArrivedByte, byteNs, type Sent, WireIn, WireOut } from './wire.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

test('a byte takes ten bits', () => {
  expect(byteNs(9600)).toBe(1_041_666n);
  expect(byteNs(115_200)).toBe(86_805n);
});

describe('bytes on their way in', () => {
  // 1000 bit/s: a byte takes 10 ms.
  function open(): { clock: ManualClock; input: WireIn; arrived: (ArrivedByte & { now: bigint })[] } {
    const clock = new ManualClock();
    const arrived: (ArrivedByte & { now: bigint })[] = [];
    const input = new WireIn(clock, 1000, (byte) => arrived.push({ ...byte, now: clock.now() }));
    return { clock, input, arrived };
  }

  test('arrive one by one, however they were written', () => {
    const { clock, input, arrived } = open();
    input.feed(bytes('abc'), clock.now());
    clock.advance(29);
    expect(arrived.map(({ at, now }) => [at, now])).toEqual([
      [msToNs(10), msToNs(10)],
      [msToNs(20), msToNs(20)],
    ]);
    clock.advance(1);
    expect(arrived).toHaveLength(3);
  });

  test('queue behind those that are still coming', () => {
    const { clock, input, arrived } = open();
    input.feed(bytes('a'), clock.now());
    clock.advance(5);
    input.feed(bytes('b'), clock.now());
    clock.advance(100);
    input.feed(bytes('c'), clock.now());
    clock.advance(100);
    expect(arrived.map(({ at }) => at)).toEqual([msToNs(10), msToNs(20), msToNs(115)]);
    expect(arrived.map(({ readAt }) => readAt)).toEqual([0n, msToNs(5), msToNs(105)]);
  });
});

describe('bytes on their way out', () => {
  function open(): { clock: ManualClock; out: WireOut; left: [string, bigint][] } {
    const clock = new ManualClock();
    const left: [string, bigint][] = [];
    const out = new WireOut(clock, 1000, (written) =>
      left.push([Buffer.from(written).toString('latin1'), clock.now()]),
    );
    return { clock, out, left };
  }

  test('that interject come before a sending that is not yet due, and else after it', () => {
    const { clock, out, left } = open();
    out.send(bytes('ab'), msToNs(100));
    out.interject(bytes('x'));
    clock.advance(95);
    out.interject(bytes('y'));
    clock.advance(500);
    expect(left.map(([text]) => text).join('')).toBe('xaby');
  });

  test('are written when the wire has carried them, and not before', () => {
    const { clock, out, left } = open();
    out.send(bytes('ab'), msToNs(5));
    clock.advance(14);
    expect(left).toEqual([]);
    clock.advance(100);
    expect(left).toEqual([
      ['a', msToNs(15)],
      ['b', msToNs(25)],
    ]);
  });

  test('are written after those sent earlier, each with its own times', () => {
    const { clock, out, left } = open();
    const sent: Sent[] = [];
    out.send(bytes('a'), 0n, (one) => sent.push(one));
    out.send(bytes('bc'), msToNs(2), (one) => sent.push(one));
    clock.advance(100);
    expect(left.map(([text]) => text).join('')).toBe('abc');
    const at = (first: number, last: number): Sent => ({
      plannedFirst: msToNs(first),
      plannedLast: msToNs(last),
      first: msToNs(first),
      last: msToNs(last),
    });
    expect(sent).toEqual([at(10, 10), at(20, 30)]);
  });

  test('have different planned and actual times when the program is late', () => {
    const { clock, left } = open();
    let sent: Sent | undefined;
    // A clock whose timers come 7 ms late.
    const late = {
      now: () => clock.now(),
      at: (due: bigint, fn: () => void) => clock.at(due + msToNs(7), fn),
    };
    const lateOut = new WireOut(late, 1000, (written) => left.push([String(written.length), clock.now()]));
    lateOut.send(bytes('ab'), 0n, (one) => (sent = one));
    clock.advance(100);
    expect(sent).toEqual({
      plannedFirst: msToNs(10),
      plannedLast: msToNs(20),
      first: msToNs(17),
      last: msToNs(27),
    });
  });

  test('are lost when the line is cut, and `done` is not called', () => {
    const { clock, out, left } = open();
    let heard = 0;
    out.send(bytes('abc'), 0n, () => (heard += 1));
    clock.advance(12);
    out.cut();
    clock.advance(100);
    expect(left.map(([text]) => text)).toEqual(['a']);
    expect(heard).toBe(0);
    out.send(bytes('d'), clock.now());
    clock.advance(100);
    expect(left.at(-1)).toEqual(['d', clock.now() - msToNs(90)]);
  });
});

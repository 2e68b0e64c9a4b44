import { adapterDelayOf } from './adapter-delay.ts';

const timerOf =
  (text: string | undefined) =>
  (file: string): string | undefined =>
    file === '/sys/bus/usb-serial/devices/ttyUSB3/latency_timer' ? text : undefined;

describe('what an adapter can hold back', () => {
  test.each([
    ['its latency timer and a frame of the bus', '/dev/ttyUSB3', '1', { readMs: 2, writeMs: 2 }],
    ['the default timer as it is read', '/dev/ttyUSB3', '16', { readMs: 17, writeMs: 2 }],
    ['the default timer where there is none', '/dev/ttyUSB3', undefined, { readMs: 17, writeMs: 2 }],
    ['the default timer where it says nothing', '/dev/ttyUSB3', 'x', { readMs: 17, writeMs: 2 }],
    ['a frame, of a modem without a timer', '/dev/ttyACM0', undefined, { readMs: 1, writeMs: 2 }],
    ['nothing, at a UART of the machine', '/dev/ttyAMA0', undefined, { readMs: 0, writeMs: 0 }],
    ['nothing, at a pseudo-terminal', '/dev/pts/3', undefined, { readMs: 0, writeMs: 0 }],
  ])('%s', (_, node, timer, delay) => {
    expect(adapterDelayOf(node, timerOf(timer))).toEqual(delay);
  });

  test('is read from the machine, where a node that is not there has the default', () => {
    expect(adapterDelayOf('/dev/ttyUSB999')).toEqual({ readMs: 17, writeMs: 2 });
  });
});

import { adapterDelayOf } from './adapter-delay.ts';

const timerOf =
  (text: string | undefined) =>
  (file: string): string | undefined =>
    file === '/sys/bus/usb-serial/devices/ttyUSB3/latency_timer' ? text : undefined;

describe('the delay of an adapter', () => {
  test.each([
    ['is its latency timer and one frame of the bus', '/dev/ttyUSB3', '1', { readMs: 2, writeMs: 2 }],
    ['is that of the default timer, if it is set', '/dev/ttyUSB3', '16', { readMs: 17, writeMs: 2 }],
    ['is that of the default timer, if there is none', '/dev/ttyUSB3', undefined, { readMs: 17, writeMs: 2 }],
    ['is that of the default timer, if it is no number', '/dev/ttyUSB3', 'x', { readMs: 17, writeMs: 2 }],
    ['is one frame for a modem without a timer', '/dev/ttyACM0', undefined, { readMs: 1, writeMs: 2 }],
    ['is none for a UART of the machine', '/dev/ttyAMA0', undefined, { readMs: 0, writeMs: 0 }],
    ['is none for a pseudo-terminal', '/dev/pts/3', undefined, { readMs: 0, writeMs: 0 }],
  ])('%s', (_, node, timer, delay) => {
    expect(adapterDelayOf(node, timerOf(timer))).toEqual(delay);
  });

  test('is read from /sys; a node that does not exist has the default', () => {
    expect(adapterDelayOf('/dev/ttyUSB999')).toEqual({ readMs: 17, writeMs: 2 });
  });
});

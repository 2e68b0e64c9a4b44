import { ok, warning } from '../findings/finding.ts';
import type { Check } from './check.ts';
import { rigPortOf } from './rig-port.ts';

/** An FTDI adapter can hand bytes on each millisecond; its driver's default is 16 (PI.md §4). */
const shortestMs = 1;

const rule = 'ACTION=="add", SUBSYSTEM=="usb-serial", DRIVER=="ftdi_sio", ATTR{latency_timer}="1"';

/** How long an FTDI adapter keeps the last bytes of an answer back: that long every answer seems to take more. */
export const latencyTimer: Check = (system, rig) => {
  const port = rigPortOf(system, rig);
  if (!port) return [];
  const file = `/sys/bus/usb-serial/devices/${port.tty}/latency_timer`;
  const text = system.read(file);
  if (text === undefined || !/^\d{1,3}$/.test(text)) return [];
  const ms = Number(text);
  if (ms <= shortestMs)
    return [ok('latency-timer', `the adapter of ${port.tty} hands bytes on every ${ms} ms`)];
  return [
    warning(
      'latency-timer',
      `the adapter of ${port.tty} keeps bytes back for up to ${ms} ms: an answer after ${300 - ms + 1} ms can measure as later than 300`,
      `echo 1 | sudo tee ${file}; for good, a udev rule: ${rule}`,
    ),
  ];
};

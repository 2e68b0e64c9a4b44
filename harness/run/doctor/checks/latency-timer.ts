import { ok, warning } from '../findings/finding.ts';
import type { Check } from './check.ts';
import { rigPortOf } from './rig-port.ts';

/** The shortest setting of an FTDI adapter; its driver's default is 16 ms (PI.md §4). */
const SHORTEST_MS = 1;

const rule = 'ACTION=="add", SUBSYSTEM=="usb-serial", DRIVER=="ftdi_sio", ATTR{latency_timer}="1"';

/** Checks how long an FTDI adapter holds the last bytes of an answer: every answer seems longer by that time. */
export const latencyTimer: Check = (system, rig) => {
  const port = rigPortOf(system, rig);
  if (!port) return [];
  const file = `/sys/bus/usb-serial/devices/${port.tty}/latency_timer`;
  const text = system.read(file);
  if (text === undefined || !/^\d{1,3}$/.test(text)) return [];
  const ms = Number(text);
  if (ms <= SHORTEST_MS)
    return [ok('latency-timer', `the adapter of ${port.tty} passes bytes on every ${ms} ms`)];
  return [
    warning(
      'latency-timer',
      `the adapter of ${port.tty} holds bytes for up to ${ms} ms: an answer after ${300 - ms + 1} ms can measure as later than 300`,
      `echo 1 | sudo tee ${file}; permanently, with a udev rule: ${rule}`,
    ),
  ];
};

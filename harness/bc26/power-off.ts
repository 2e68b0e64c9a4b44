import { toMs, toNs } from '../base/clock.ts';
import { hasCode, HilError } from '../base/error.ts';
import { type Bench, retryMsOf } from './bench.ts';
import { pause } from './pause.ts';
import { probe } from './probe.ts';
import { requireOk } from './require-ok.ts';

/** How often the sense line is read, ms: each reading may start a process (driver `command`). */
const senseEveryMs = 100;

/** VDD_EXT falls 1.02 s after AT+QPOWD=0 (BC26.md §1): only a longer silence may mean that the module is off. */
const silentMs = 1_100;

/**
 * Switches the module off by `AT+QPOWD=0` and waits until it is off: by the sense line where there is one, else until
 * it is silent and does not answer `AT`. Only then may the power key be pressed.
 * @throws AT_REFUSED, POWER_OFF_TIMEOUT, and the errors of `AtClient.send`
 */
export async function powerOff(bench: Bench, signal?: AbortSignal): Promise<void> {
  requireOk(await bench.at.send('AT+QPOWD=0', { signal }));
  await waitUntilOff(bench, signal);
}

/**
 * Waits until a module that has answered AT+QPOWD=0 with OK is off.
 * @throws POWER_OFF_TIMEOUT, and the errors of `AtClient.send`
 */
export async function waitUntilOff(bench: Bench, signal?: AbortSignal): Promise<void> {
  const deadline = bench.clock.now() + toNs(bench.timing.powerOffMs);
  const isOff = bench.control.capabilities.powered ? isSensedOff : isSilentlyOff;
  while (!(await isOff(bench, deadline, signal))) {
    if (bench.clock.now() >= deadline) throw staysOn(bench);
  }
}

/** The control reports no change of the level, so it is read again and again. */
async function isSensedOff(bench: Bench, deadline: bigint, signal?: AbortSignal): Promise<boolean> {
  const powered = await bench.control.powered();
  if (powered === undefined) return isSilentlyOff(bench, deadline, signal);
  if (powered) await pause(bench.clock, senseEveryMs, signal);
  return !powered;
}

async function isSilentlyOff(bench: Bench, deadline: bigint, signal?: AbortSignal): Promise<boolean> {
  const { at, clock } = bench;
  const retryMs = retryMsOf(bench);
  try {
    await at.idle(silentMs, Math.max(silentMs, toMs(deadline - clock.now())), signal);
  } catch (error) {
    // A line that is never silent: the module is on, or it is off and holds the line low.
    if (!hasCode(error, 'LINE_NOT_IDLE')) throw error;
  }
  const began = clock.now();
  const { kind } = await probe(at, retryMs, signal);
  if (kind === 'answered') await pause(clock, Math.max(0, retryMs - toMs(clock.now() - began)), signal);
  return kind === 'silent';
}

const staysOn = ({ port, timing }: Bench): HilError =>
  new HilError(
    'POWER_OFF_TIMEOUT',
    `the module on ${port.path} accepted AT+QPOWD=0 and is still on after ${timing.powerOffMs / 1000} s`,
    {
      remedy:
        'check the sense line (control.powered: pin and polarity), and that nothing holds the power key down',
    },
  );

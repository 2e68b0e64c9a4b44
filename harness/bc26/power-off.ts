import { existsSync } from 'node:fs';

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

/**
 * What shows that a module is on although its supply was cut: it answers `AT`, its adapter is still there
 * (`serial.reopen`), or the sense line says so.
 */
export type SignOfLife = 'answers' | 'adapter' | 'sense';

interface Silence {
  /** Undefined: the module is silent. */
  readonly sign: SignOfLife | undefined;
  /** When it was asked for the last time, ns: if it was silent then, it was off by this moment. */
  readonly askedAt: bigint;
}

/**
 * How long a module may go on after the control has cut its supply, ms. `Control.off` waits for the discharge, so this
 * is for a program that ends before its switch has acted.
 */
const GRACE_MS = 3_000;
const AGAIN_MS = 100;

/**
 * Asks a module whose supply was cut until nothing shows that it is on, for some seconds at most.
 * @param asks how many `AT` have to stay unanswered: two for a proof, since a module may lose the first (BC26.md §8)
 * @throws PORT_GONE, ABORTED, and the errors of the control
 */
export async function awaitSilence(bench: Bench, asks: 1 | 2, signal?: AbortSignal): Promise<Silence> {
  const { clock } = bench;
  const deadline = clock.now() + toNs(GRACE_MS);
  for (;;) {
    const askedAt = clock.now();
    const sign = await signOfLife(bench, asks, signal);
    if (sign === undefined || clock.now() >= deadline) return { sign, askedAt };
    await pause(clock, AGAIN_MS, signal);
  }
}

async function signOfLife(bench: Bench, asks: number, signal?: AbortSignal): Promise<SignOfLife | undefined> {
  const { at, control, port, reopens } = bench;
  // The port was closed with the supply, so nothing can be asked.
  if (reopens && existsSync(port.path)) return 'adapter';
  for (let asked = 0; !reopens && asked < asks; asked++) {
    if ((await probe(at, retryMsOf(bench), signal)).kind === 'answered') return 'answers';
  }
  return (await control.powered()) === true ? 'sense' : undefined;
}

/**
 * Cuts the supply and proves that this silences the module. Where the transmit line is held low meanwhile (phantom power,
 * BC26.md §1) no command would reach a module that is still on, so the line is let go for the questions, and the supply
 * discharged once more.
 * @returns what shows that the module is on; undefined when it is off
 * @throws as `awaitSilence`
 */
export async function cutAndProve(bench: Bench, signal?: AbortSignal): Promise<SignOfLife | undefined> {
  const { control } = bench;
  await control.off();
  const wasHeld = await control.letSpeak?.();
  const { sign } = await awaitSilence(bench, 2, signal);
  if (wasHeld && sign !== 'answers') await control.off();
  return sign;
}

const found: Readonly<Record<SignOfLife, string>> = {
  answers: 'the module still answers AT',
  adapter: 'the adapter is still there',
  sense: 'the sense line (control.powered) still says on',
};

/** The rig's failure: cutting the supply was not seen to silence the module. */
export const notSilenced = ({ port }: Pick<Bench, 'port'>, sign: SignOfLife): HilError =>
  new HilError(
    'NOT_SILENCED',
    `the supply cut does not silence the module on ${port.path}: ${found[sign]} after it`,
    {
      remedy:
        'check the channel of the switch, the wiring, a second supply (USB, debug UART), and the discharge time; `doctor` shows more',
    },
  );

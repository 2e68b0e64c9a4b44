import { toMs, toNs } from '../base/clock.ts';
import { hasCode, HilError } from '../base/error.ts';
import { type Bench, retryMsOf } from './bench.ts';
import type { BootWatch } from './boots.ts';
import { bringUp } from './bring-up.ts';
import { pause } from './pause.ts';
import { isSilence, probe } from './probe.ts';
import { requireOk } from './require-ok.ts';

/** The manual states 1 s for AT+QPOWD and nothing for AT+QRST (BC26.md §1, §4). */
const answerMs = 1_000;

/**
 * Restarts the module by `AT+QRST=1`. The manual prints no OK, related modules answer one: both are right. Resolves
 * once the boot text came or, if the firmware prints none, once the module was silent and answers again.
 * @returns the moment just before the command was sent, ns
 * @throws AT_REFUSED if it is answered with an error; BOOT_TIMEOUT if the module does not restart
 */
export async function softReset(bench: Bench, boots: BootWatch, signal?: AbortSignal): Promise<bigint> {
  const trigger = bench.clock.now();
  await commandReset(bench, boots, signal);
  await waitForRestart(bench, boots, trigger, signal);
  return trigger;
}

/**
 * Sends a command that restarts the module, `AT+QRST=1`, and brings the module up again. Unlike `reboot` it does not
 * check that the module has restarted: for commands that a person types.
 * @returns from the command to the end of the bring-up, ms
 * @throws the errors of `bringUp`
 */
export async function restartByCommand(bench: Bench, command: string, signal?: AbortSignal): Promise<number> {
  const { at, clock } = bench;
  const endExpectedBoot = at.expectBoot();
  try {
    const trigger = clock.now();
    try {
      await at.send(command, { deadlineMs: answerMs, signal });
    } catch (error) {
      if (!isSilence(error)) throw error;
    }
    await bringUp(bench, trigger, signal);
    return toMs(clock.now() - trigger);
  } finally {
    endExpectedBoot();
  }
}

async function commandReset({ at }: Bench, boots: BootWatch, signal?: AbortSignal): Promise<void> {
  const options = { deadlineMs: answerMs, signal: untilBoot(boots, signal) };
  try {
    requireOk(await at.send('AT+QRST=1', options));
  } catch (error) {
    if (!isSilence(error) && !endedByBoot(error, boots, signal)) throw error;
  }
}

async function waitForRestart(
  bench: Bench,
  boots: BootWatch,
  trigger: bigint,
  signal?: AbortSignal,
): Promise<void> {
  const { at, clock, timing } = bench;
  const retryMs = retryMsOf(bench);
  const deadline = trigger + toNs(timing.hardMs);
  let wasSilent = false;
  while (boots.seen.length === 0) {
    const began = clock.now();
    if (began >= deadline) throw noRestart(bench, trigger, wasSilent);
    try {
      const until = untilBoot(boots, signal);
      const { kind } = await probe(at, retryMs, until);
      if (kind === 'answered' && wasSilent) return;
      wasSilent ||= kind === 'silent';
      await pause(clock, Math.max(0, retryMs - toMs(clock.now() - began)), until);
    } catch (error) {
      if (!endedByBoot(error, boots, signal)) throw error;
    }
  }
}

const untilBoot = (boots: BootWatch, signal?: AbortSignal): AbortSignal =>
  signal ? AbortSignal.any([signal, boots.first]) : boots.first;

/** Whether a wait ended because the boot began, not because the caller gave up. */
const endedByBoot = (error: unknown, boots: BootWatch, signal?: AbortSignal): boolean =>
  hasCode(error, 'ABORTED') && boots.first.aborted && !signal?.aborted;

function noRestart({ clock, port }: Bench, trigger: bigint, wasSilent: boolean): HilError {
  const seconds = (toMs(clock.now() - trigger) / 1000).toFixed(1);
  const found = wasSilent
    ? 'the module has not come back'
    : 'the module goes on answering and printed no boot text';
  return new HilError('BOOT_TIMEOUT', `${seconds} s after AT+QRST=1 on ${port.path}, ${found}`, {
    remedy:
      'try `doctor`: does the reset pin restart it, and is the baud rate that of the boot text (115200)?',
  });
}

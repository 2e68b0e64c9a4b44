import { toMs, toNs } from '../base/clock.ts';
import { hasCode, HilError } from '../base/error.ts';
import type { Bench } from './bench.ts';
import type { BootWatch } from './boots.ts';
import { pause } from './pause.ts';
import { isSilence, probe } from './probe.ts';
import { requireOk } from './require-ok.ts';

/** AT+QRST is given the 1 s that the manual gives AT+QPOWD; its own time is not stated (BC26.md §1, §4). */
const answerMs = 1_000;

/**
 * Restarts the module by `AT+QRST=1`. The manual prints no OK, sisters answer one: both count. It is under way
 * once the boot text came or, from a firmware that prints none, once the module was lost and answers again.
 * @returns when the command was given, ns
 * @throws AT_REFUSED when it is answered with an error; BOOT_TIMEOUT when the module just carries on
 */
export async function softReset(bench: Bench, boots: BootWatch, signal?: AbortSignal): Promise<bigint> {
  const trigger = bench.clock.now();
  await commandReset(bench, boots, signal);
  await restarted(bench, boots, trigger, signal);
  return trigger;
}

async function commandReset({ at }: Bench, boots: BootWatch, signal?: AbortSignal): Promise<void> {
  const options = { deadlineMs: answerMs, signal: untilBoot(boots, signal) };
  try {
    requireOk(await at.send('AT+QRST=1', options));
  } catch (error) {
    if (!isSilence(error) && !endedByBoot(error, boots, signal)) throw error;
  }
}

async function restarted(
  bench: Bench,
  boots: BootWatch,
  trigger: bigint,
  signal?: AbortSignal,
): Promise<void> {
  const { at, clock, timing } = bench;
  const deadline = trigger + toNs(timing.hardMs);
  let lost = false;
  while (boots.seen.length === 0) {
    const began = clock.now();
    if (began >= deadline) throw stillThere(bench, trigger, lost);
    try {
      const until = untilBoot(boots, signal);
      const { kind } = await probe(at, timing.retryMs, until);
      if (kind === 'answered' && lost) return;
      lost ||= kind === 'silent';
      await pause(clock, Math.max(0, timing.retryMs - toMs(clock.now() - began)), until);
    } catch (error) {
      if (!endedByBoot(error, boots, signal)) throw error;
    }
  }
}

const untilBoot = (boots: BootWatch, signal?: AbortSignal): AbortSignal =>
  signal ? AbortSignal.any([signal, boots.first]) : boots.first;

/** Whether a wait was cut short because the boot it was about has begun, not because the caller gave up. */
const endedByBoot = (error: unknown, boots: BootWatch, signal?: AbortSignal): boolean =>
  hasCode(error, 'ABORTED') && boots.first.aborted && !signal?.aborted;

function stillThere({ clock, port }: Bench, trigger: bigint, lost: boolean): HilError {
  const seconds = (toMs(clock.now() - trigger) / 1000).toFixed(1);
  const found = lost
    ? 'the module has not come back'
    : 'the module goes on answering and printed no boot text';
  return new HilError('BOOT_TIMEOUT', `${seconds} s after AT+QRST=1 on ${port.path}, ${found}`, {
    remedy:
      'try `doctor`: does the reset pin restart it, and is the baud rate that of the boot text (115200)?',
  });
}

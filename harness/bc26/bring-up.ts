import { toMs, toNs } from '../base/clock.ts';
import type { Bench } from './bench.ts';
import { type BootWatch, watchBoots } from './boots.ts';
import type { Identity } from './identity.ts';
import { isSilence } from './probe.ts';
import { setUp } from './set-up.ts';
import { sync } from './sync.ts';

export interface BroughtUp {
  /** From the trigger of the boot to the first OK, ms. */
  readonly bootMs: number;
  readonly identity: Identity;
}

/**
 * Takes a module from the start of its boot to the state a test begins with: it answers, is set up, is known,
 * and the line is idle. Reads the module and sets volatile settings only; writes nothing to NVRAM.
 * @param trigger when whatever started the boot was begun, ns
 * @throws BOOT_TIMEOUT, AT_REFUSED, AT_ANSWER_MALFORMED, LINE_NOT_IDLE, and what `AtClient.send` rejects with
 */
export async function bringUp(bench: Bench, trigger: bigint, signal?: AbortSignal): Promise<BroughtUp> {
  const { at, clock, timing, trace } = bench;
  const boots = watchBoots(at);
  try {
    const firstOk = await sync(bench, trigger, signal);
    const bootMs = toMs(firstOk - trigger);
    if (bootMs > timing.softMs) {
      trace.write('note', clock.now(), { text: `a slow boot: ${Math.round(bootMs)} ms to the first OK` });
    }
    return { bootMs, identity: await setUpOnce(bench, boots, trigger, signal) };
  } finally {
    boots.end();
  }
}

/** Sets the module up in one life of it: a boot in the middle takes echo and error codes back to their defaults. */
async function setUpOnce(
  bench: Bench,
  boots: BootWatch,
  trigger: bigint,
  signal?: AbortSignal,
): Promise<Identity> {
  const { at, clock, timing } = bench;
  for (;;) {
    const lives = boots.seen.length;
    const rebooted = (): boolean => boots.seen.length > lives;
    try {
      // A module that took its time to listen may answer several of the sync's AT at once.
      await at.idle(timing.quietMs, timing.idleMs, signal);
      // A control that acts late: what answered was the life before, and a module that boots loses a command.
      if (!rebooted()) {
        const identity = await setUp(bench, signal);
        await at.idle(timing.quietMs, timing.idleMs, signal);
        if (!rebooted()) return identity;
      }
    } catch (error) {
      if (!rebooted() || !isSilence(error) || clock.now() >= trigger + toNs(timing.hardMs)) throw error;
    }
    await sync(bench, trigger, signal);
  }
}

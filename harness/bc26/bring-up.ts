import { toMs, toNs } from '../base/clock.ts';
import type { Bench } from './bench.ts';
import { type BootWatch, watchBoots } from './boots.ts';
import type { Identity } from './identity.ts';
import { mayPass } from './patience.ts';
import { setUp } from './set-up.ts';
import { sync } from './sync.ts';

export interface BroughtUp {
  /** From the trigger of the boot to the first OK, ms. */
  readonly bootMs: number;
  /** From the trigger of the boot until the module had named itself (IMEI and revision), ms. */
  readonly namedMs: number;
  readonly identity: Identity;
}

/**
 * Takes a module from the start of its boot to the state in which a test begins: it answers, is set up, its identity
 * is read, and the line is idle. Nothing of the configuration under test is written. A module that answers `AT` before it
 * knows its name is asked again, until the boot's time is over.
 * @param trigger the moment just before the boot was started, ns
 * @throws BOOT_TIMEOUT, AT_REFUSED, AT_ANSWER_MALFORMED, LINE_NOT_IDLE, and the errors of `AtClient.send`
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
    const { identity, namedAt } = await setUpOnce(bench, boots, trigger, signal);
    return { bootMs, namedMs: toMs(namedAt - trigger), identity };
  } finally {
    boots.end();
  }
}

/** Sets the module up, again if it boots in the middle: a boot resets echo and error codes to their defaults. */
async function setUpOnce(
  bench: Bench,
  boots: BootWatch,
  trigger: bigint,
  signal?: AbortSignal,
): ReturnType<typeof setUp> {
  const { at, clock, timing } = bench;
  const deadline = trigger + toNs(timing.hardMs);
  for (;;) {
    const before = boots.seen.length;
    const hasRebooted = (): boolean => boots.seen.length > before;
    try {
      // A module that listened late may answer several of the sync's AT at once.
      await at.idle(timing.quietMs, timing.idleMs, signal);
      // If the control acted late, the answer came before the boot. A module that boots loses commands.
      if (!hasRebooted()) {
        const found = await setUp(bench, { deadline, isOver: hasRebooted }, signal);
        await at.idle(timing.quietMs, timing.idleMs, signal);
        if (!hasRebooted()) return found;
      }
    } catch (error) {
      if (!hasRebooted() || !mayPass(error) || clock.now() >= deadline) throw error;
    }
    await sync(bench, trigger, signal);
  }
}

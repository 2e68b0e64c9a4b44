import type { Bench } from './bench.ts';
import { watchBoots } from './boots.ts';
import { bringUp, type BroughtUp } from './bring-up.ts';
import { probe } from './probe.ts';
import { PROBE_MS } from './rungs.ts';
import { bootStarted, startBoot } from './start-boot.ts';

export interface Started extends BroughtUp {
  /** How many boot texts were seen; 0 if the module was running already. */
  readonly boots: number;
  /** It ran already, and was not booted. */
  readonly running: boolean;
}

/**
 * Brings the module up at the start of a run, from any state of the board. A switched supply is switched off and on.
 * Without one the power key is pressed, unless the module runs already (what the key does then is not documented,
 * BC26.md §1).
 * @throws ABORTED; the errors of `bringUp` and of the control
 */
export async function start(bench: Bench, signal?: AbortSignal): Promise<Started> {
  const { at, clock, control } = bench;
  const endExpectedBoot = at.expectBoot();
  const boots = watchBoots(at);
  try {
    if (control.capabilities.supplyCut) await control.off();
    const running = !control.capabilities.supplyCut && (await isRunning(bench, signal));
    const trigger = clock.now();
    if (!running) {
      await startBoot(() => control.on(), signal);
      bootStarted(bench, trigger);
    }
    return { ...(await bringUp(bench, trigger, signal)), boots: boots.seen.length, running };
  } finally {
    boots.end();
    endExpectedBoot();
  }
}

/** By the sense line where there is one; else by an answer to one of two `AT` (the first may be lost, or be slow). */
async function isRunning({ at, control, timing }: Bench, signal?: AbortSignal): Promise<boolean> {
  const sensed = await control.powered();
  if (sensed !== undefined) return sensed;
  const first = await probe(at, timing.retryMs, signal);
  return first.kind === 'answered' || (await probe(at, PROBE_MS, signal)).kind === 'answered';
}

import type { Bench } from './bench.ts';
import { watchBoots } from './boots.ts';
import { bringUp, type BroughtUp } from './bring-up.ts';
import { probe } from './probe.ts';
import { startBoot } from './start-boot.ts';

export interface Started extends BroughtUp {
  /** How many boot texts were seen; 0 when the module was found running. */
  readonly boots: number;
}

/**
 * Brings the module up at the start of a run, whatever state the board was left in: with a switched supply by a
 * fresh power-on; without one by the power key, unless the module runs already (a key pressed then is no
 * documented input, BC26.md §1).
 * @throws ABORTED by `signal`; what `bringUp` and the control reject with
 */
export async function start(bench: Bench, signal?: AbortSignal): Promise<Started> {
  const { at, clock, control } = bench;
  const announced = at.expectBoot();
  const boots = watchBoots(at);
  try {
    if (control.capabilities.supplyCut) await control.off();
    const running = !control.capabilities.supplyCut && (await isRunning(bench, signal));
    const trigger = clock.now();
    if (!running) await startBoot(() => control.on(), signal);
    return { ...(await bringUp(bench, trigger, signal)), boots: boots.seen.length };
  } finally {
    boots.end();
    announced();
  }
}

/** By the sense line where there is one; else by an answer to `AT`, or to a second one (the first may be eaten). */
async function isRunning({ at, control, timing }: Bench, signal?: AbortSignal): Promise<boolean> {
  const sensed = await control.powered();
  if (sensed !== undefined) return sensed;
  const first = await probe(at, timing.retryMs, signal);
  return first.kind === 'answered' || (await probe(at, timing.retryMs, signal)).kind === 'answered';
}

import { hasCode, type HilError } from '../base/error.ts';
import type { Bench } from '../bc26/bench.ts';
import { type BootWatch, watchBoots } from '../bc26/boots.ts';
import { abortError, pause } from '../bc26/pause.ts';
import { cutAndProve, notSilenced } from '../bc26/power-off.ts';
import { reboot } from '../bc26/reboot.ts';
import { type BootsBefore, bootsSeen, bringUpRestarted } from '../bc26/restarted.ts';
import type { Started } from '../bc26/start.ts';
import { bootStarted, startBoot, untilRebootAllowed } from '../bc26/start-boot.ts';

/** What a board's wiring does to its module, by the name of its capability. */
export type Switch = 'supplyCut' | 'reset';

/** The switches that were tried in vain, each with the rig's failure. */
export type Unproven = ReadonlyMap<Switch, HilError>;

interface Proving {
  readonly bench: Bench;
  readonly started: Started;
  readonly before: BootsBefore;
  readonly signal: AbortSignal | undefined;
}

/**
 * Proves that cutting the supply silences the module and that a reset boots it, and leaves it brought up. Those that the
 * board does not have are left out. Both cost one boot, if the firmware prints a boot text: then the boot after the cut
 * is ended by the reset as soon as it has begun.
 *
 * Nothing is written. The module boots with its own configuration once more, as `start` has booted it.
 * @param started the module as `start` has brought it up
 * @throws when the module is not up afterwards: NOT_RESTARTED, the errors of `bringUp`, of the control, ABORTED
 */
export async function proveSwitches(
  bench: Bench,
  started: Started,
  wanted: readonly Switch[],
  signal?: AbortSignal,
): Promise<Unproven> {
  const { at, control } = bench;
  const proving = { bench, started, before: bootsSeen(bench, started), signal };
  const [cuts, resets] = (['supplyCut', 'reset'] as const).map(
    (name) => wanted.includes(name) && control.capabilities[name],
  );
  const unproven = new Map<Switch, HilError>();
  const endExpectedBoot = at.expectBoot();
  try {
    const cut = cuts ? await proveCut(proving, resets === true) : undefined;
    if (cut) unproven.set('supplyCut', cut);
    const reset = resets ? await proveReset(proving) : undefined;
    if (reset) unproven.set('reset', reset);
    return unproven;
  } finally {
    endExpectedBoot();
  }
}

/**
 * Cuts the supply and switches it on again. A module that still answers is left as it is: what the power key does to a
 * running module is not documented (BC26.md §1).
 * @param isReset whether the module is reset next, so that its boot need not be awaited
 */
async function proveCut(proving: Proving, isReset: boolean): Promise<HilError | undefined> {
  const { bench, started, before, signal } = proving;
  await untilRebootAllowed(bench, signal);
  const sign = await cutAndProve(bench, signal);
  const failure = sign && notSilenced(bench, sign);
  if (sign === 'answers') return failure;
  const boots = watchBoots(bench.at);
  try {
    const trigger = bench.clock.now();
    await startBoot(() => bench.control.on(), signal);
    bootStarted(bench, trigger);
    // A module that boots twice by itself would make the reset look as if it worked.
    const isPlain = started.boots === 1 && bench.reopens !== true;
    if (isReset && isPlain && (await hasBegun(proving, boots))) return failure;
    const { identity } = started;
    const found = await ifUp(() =>
      bringUpRestarted(bench, 'supply-cut', { identity, before, trigger, boots, signal }),
    );
    return failure ?? found;
  } finally {
    boots.end();
  }
}

/** Waits for the boot text, twice as long as the first boot took until `AT` was answered. */
async function hasBegun({ bench, started, signal }: Proving, { seen, first }: BootWatch): Promise<boolean> {
  const until = signal ? AbortSignal.any([signal, first]) : first;
  try {
    if (seen.length === 0) await pause(bench.clock, 2 * started.bootMs, until);
  } catch (error) {
    if (!hasCode(error, 'ABORTED')) throw error;
    if (signal?.aborted) throw abortError('the boot', signal);
  }
  return seen.length > 0;
}

const proveReset = ({ bench, started, before, signal }: Proving): Promise<HilError | undefined> =>
  ifUp(() =>
    reboot(bench, 'reset-pin', {
      identity: started.identity,
      cutSince: bench.clock.now(),
      cutAfterMs: 0,
      before,
      ...(signal && { signal }),
    }),
  );

/** The failure to restart a module that is up all the same. @throws every other error */
async function ifUp(act: () => Promise<unknown>): Promise<HilError | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    if (hasCode(error, 'NOT_RESTARTED') && !hasCode(error.cause, 'BOOT_TIMEOUT')) return error;
    throw error;
  }
}

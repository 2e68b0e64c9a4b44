import { HilError, isHilError } from '../base/error.ts';
import type { Bench } from './bench.ts';
import { bringUp } from './bring-up.ts';
import { type Identity, requireSameIdentity } from './identity.ts';
import { probe } from './probe.ts';
import { PROBE_MS, type Rung, rungActs, rungs, switchOff } from './rungs.ts';
import { bootStarted, untilRebootAllowed } from './start-boot.ts';

export type { Rung } from './rungs.ts';

/** Why a module has to be recovered, and what it must be afterwards. */
export interface Trouble {
  /** Noted with every rung: an error's code, or a purpose. */
  readonly because: string;
  readonly cause?: HilError;
  readonly identity: Identity;
  /** Why it must not be booted; undefined when it may. */
  readonly mayNotBoot?: HilError | undefined;
  /**
   * A reading command that must be answered, too: if the firmware's task for that command hangs, `AT` may still be
   * answered.
   */
  readonly asks?: string | undefined;
}

export interface RungTried {
  readonly rung: Rung;
  /** Whether the module is ready for a test: it answers, is set up, and has the same identity. */
  readonly helped: boolean;
  /** Why it did not help, or was not tried: an error's code, or words. */
  readonly reason?: string;
  readonly message?: string;
}

/** How long the next command may wait until the line owes no answer (`at/settle.ts`). */
const SETTLE_MS = 5_000;

/** These end the ladder: the port is lost, the caller gave up, or it is another module. */
const ends: ReadonlySet<string> = new Set(['PORT_GONE', 'PORT_CLOSED', 'ABORTED', 'IDENTITY_MISMATCH']);

/** Whether no further rung may be tried after this error. An error that is no HilError is a bug: it ends the ladder, too. */
export const endsRecovery = (error: unknown): boolean => !isHilError(error) || ends.has(error.code);

/**
 * Climbs the ladder: tries the rungs, the gentlest first, until one makes the module ready for a test. Each rung and
 * its outcome is noted in the trace. If the board fails at a rung, the next one is tried.
 * @returns the rungs tried. The last one helped; or none did, and the module answers `AT` but never `asks`. That is a
 *   failure of the module, which the tests report
 * @throws MODULE_DEAD if no rung helped, with the trouble's error as cause; PORT_GONE, PORT_CLOSED, ABORTED;
 *   IDENTITY_MISMATCH if another module answers
 */
export async function recover(
  bench: Bench,
  trouble: Trouble,
  signal?: AbortSignal,
): Promise<readonly RungTried[]> {
  const tried: RungTried[] = [];
  let endExpectedBoot: (() => void) | undefined;
  let answersAt = false;
  try {
    for (const rung of rungs) {
      // Announced no earlier: a boot during the gentler rungs is an unexpected one.
      if (rungActs[rung].boots) endExpectedBoot ??= bench.at.expectBoot();
      const { error, left, ...outcome } = await climb(bench, rung, trouble, signal);
      tried.push(outcome);
      note(bench, trouble, outcome);
      if (error && endsRecovery(error)) throw error;
      if (outcome.helped) return tried;
      if (left) answersAt = left === 'answering AT';
    }
    if (answersAt) return tried;
    throw deadError(bench, trouble, tried, await switchOffIfNoBoot(bench, trouble, signal));
  } finally {
    endExpectedBoot?.();
  }
}

const note = ({ trace, clock }: Bench, { because }: Trouble, outcome: object): void =>
  void trace.write('note', clock.now(), { kind: 'recovery', ...outcome, because });

export const ladderOf = (tried: readonly RungTried[]): string =>
  tried
    .map(({ rung, helped, reason }) => `${rung} ${helped ? 'helped' : (reason ?? 'did not help')}`)
    .join(', ');

/** The rung that brought the module back by a boot; undefined if a gentler one helped, or none. */
export function bootingRungOf(tried: readonly RungTried[]): Rung | undefined {
  const last = tried.at(-1);
  return last?.helped && rungActs[last.rung].boots ? last.rung : undefined;
}

/** `left`: the module's state after a rung that was tried in vain; `error`: what the rung failed with. */
type Climbed = RungTried & { readonly left?: 'answering AT' | 'unfit'; readonly error?: HilError };

async function climb(
  bench: Bench,
  rung: Rung,
  { identity, mayNotBoot, asks }: Trouble,
  signal: AbortSignal | undefined,
): Promise<Climbed> {
  const { act, boots, whySkipped } = rungActs[rung];
  const reason = whySkipped(bench);
  if (reason !== undefined) return { rung, helped: false, reason };
  if (boots && mayNotBoot) {
    return { rung, helped: false, reason: mayNotBoot.code, message: mayNotBoot.message };
  }
  if (boots) await untilRebootAllowed(bench, signal);
  const trigger = bench.clock.now();
  try {
    const vain = await act(bench, signal);
    if (vain !== undefined) return { rung, helped: false, reason: vain };
    if (boots) bootStarted(bench, trigger);
    // A module that was only silent may have restarted unseen: everything a boot resets is set again.
    const timing = boots ? timingOfBoot(bench) : timingWithoutBoot(bench);
    const found = await bringUp({ ...bench, timing }, boots ? trigger : bench.clock.now(), signal);
    requireSameIdentity(identity, found.identity);
    if (asks === undefined || (await probe(bench.at, PROBE_MS, signal, asks)).kind === 'answered') {
      return { rung, helped: true };
    }
    // The next rung's command has a short deadline, so the line is settled here.
    const { kind } = await probe(bench.at, SETTLE_MS, signal);
    const left = kind === 'answered' ? 'answering AT' : 'unfit';
    return { rung, helped: false, reason: `it answers AT, but not ${asks}`, left };
  } catch (error) {
    if (!isHilError(error)) throw error;
    return { rung, helped: false, reason: error.code, message: error.message, left: 'unfit', error };
  }
}

/** A rung has the soft deadline only: then the next rung is tried. */
const timingOfBoot = ({ timing }: Bench): Bench['timing'] => ({
  ...timing,
  hardMs: Math.min(timing.hardMs, timing.softMs),
});

/** Without a boot there is nothing to wait for: two probes, since the first `AT` may be lost (BC26.md §8). */
const timingWithoutBoot = ({ timing }: Bench): Bench['timing'] => ({
  ...timing,
  retryMs: PROBE_MS,
  hardMs: 2 * PROBE_MS,
  idleMs: Math.min(timing.idleMs, PROBE_MS),
});

/** @returns why the module must not be booted and whether it could be switched off; undefined if it may be booted */
async function switchOffIfNoBoot(
  bench: Bench,
  trouble: Trouble,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  if (!trouble.mayNotBoot) return undefined;
  let outcome: string;
  try {
    outcome = await switchOff(bench, signal);
  } catch (error) {
    if (endsRecovery(error)) throw error;
    outcome = `it could not be switched off: ${(error as HilError).message}`;
  }
  note(bench, trouble, { rung: 'off', helped: false, reason: outcome });
  return `${trouble.mayNotBoot.message}; ${outcome}`;
}

const deadError = (
  { port }: Bench,
  { cause }: Trouble,
  tried: readonly RungTried[],
  switchedOff: string | undefined,
): HilError =>
  new HilError(
    'MODULE_DEAD',
    `nothing brings the module on ${port.path} back: ${ladderOf(tried)}${switchedOff ? ` (${switchedOff})` : ''}`,
    {
      cause,
      remedy: 'check the board by hand; `doctor` shows what works',
    },
  );

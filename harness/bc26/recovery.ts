import { HilError, isHilError } from '../base/error.ts';
import type { Bench } from './bench.ts';
import { bringUp } from './bring-up.ts';
import { type Identity, requireSameIdentity } from './identity.ts';
import { probe } from './probe.ts';
import { acts, PROBE_MS, type Rung, rungs, switchOff } from './rungs.ts';

/** Why a module is brought back, and to what. */
export interface Trouble {
  /** What every rung is noted with: an error's code, or a purpose. */
  readonly because: string;
  /** The error it is in trouble for, where there is one. */
  readonly cause?: HilError;
  /** Who it was. */
  readonly identity: Identity;
  /** Why it must not be booted; undefined when it may. */
  readonly mayNotBoot?: HilError | undefined;
  /**
   * A command that reads, and has to be answered, too: where the task of a command hangs, `AT` may still be answered,
   * and says nothing of it.
   */
  readonly asks?: string | undefined;
}

/** One rung as it went, for the record. */
export interface RungTried {
  readonly rung: Rung;
  /** Whether the module stood afterwards where a test begins: it answers, is set up, and is the one it was. */
  readonly helped: boolean;
  /** Why it did not, or was not tried: an error's code, or words. */
  readonly reason?: string;
  /** What that error says. */
  readonly message?: string;
}

/** After a command without an answer, the next is sent once the line owes nothing: no later than this (`at/settle.ts`). */
const SETTLE_MS = 5_000;

/** These end the ladder: there is no line any more, nobody waits for the module, or it is another one. */
const ends: ReadonlySet<string> = new Set(['PORT_GONE', 'PORT_CLOSED', 'ABORTED', 'IDENTITY_MISMATCH']);

/** Whether going on with a module is pointless after this error, or the error is none of a board's at all. */
export const endsRecovery = (error: unknown): boolean => !isHilError(error) || ends.has(error.code);

/**
 * Brings a module in trouble back to where a test begins, by the gentlest means that helps. Each rung stands on the
 * time line with its outcome, the failing ones included; a rung that the board fails at is not the last.
 * @returns the rungs tried. The last of them helped, unless it left a module that answers `AT` but, whatever is done,
 *   not `asks`: that is the module's way, and tests tell of it
 * @throws MODULE_DEAD when none did, the trouble's error as its cause; PORT_GONE, PORT_CLOSED, ABORTED;
 *   IDENTITY_MISMATCH when another module answers
 */
export async function recover(
  bench: Bench,
  trouble: Trouble,
  signal?: AbortSignal,
): Promise<readonly RungTried[]> {
  const tried: RungTried[] = [];
  let announced: (() => void) | undefined;
  let answersAt = false;
  try {
    for (const rung of rungs) {
      // A boot that nobody asked for may come before: it is kept as what it is.
      if (acts[rung].boots) announced ??= bench.at.expectBoot();
      const { error, left, ...outcome } = await climb(bench, rung, trouble, signal);
      tried.push(outcome);
      note(bench, trouble, outcome);
      if (error && endsRecovery(error)) throw error;
      if (outcome.helped) return tried;
      if (left) answersAt = left === 'answering AT';
    }
    if (answersAt) return tried;
    throw dead(bench, trouble, tried, await leaveOff(bench, trouble, signal));
  } finally {
    announced?.();
  }
}

const note = ({ trace, clock }: Bench, { because }: Trouble, outcome: object): void =>
  void trace.write('note', clock.now(), { kind: 'recovery', ...outcome, because });

/** The rungs in one line. */
export const ladderOf = (tried: readonly RungTried[]): string =>
  tried
    .map(({ rung, helped, reason }) => `${rung} ${helped ? 'helped' : (reason ?? 'did not help')}`)
    .join(', ');

/** A rung as it went, how it left the module where it did something to it in vain, and the error it failed with. */
type Climbed = RungTried & { readonly left?: 'answering AT' | 'unfit'; readonly error?: HilError };

async function climb(
  bench: Bench,
  rung: Rung,
  { identity, mayNotBoot, asks }: Trouble,
  signal: AbortSignal | undefined,
): Promise<Climbed> {
  const { act, boots, whySkipped } = acts[rung];
  const reason = whySkipped(bench);
  if (reason !== undefined) return { rung, helped: false, reason };
  if (boots && mayNotBoot) {
    return { rung, helped: false, reason: mayNotBoot.code, message: mayNotBoot.message };
  }
  const trigger = bench.clock.now();
  try {
    const stuck = await act(bench, signal);
    if (stuck !== undefined) return { rung, helped: false, reason: stuck };
    // Even a module that only fell silent may have restarted without a word: everything a boot forgets is set again.
    const timing = boots ? patient(bench) : gentle(bench);
    const found = await bringUp({ ...bench, timing }, boots ? trigger : bench.clock.now(), signal);
    requireSameIdentity(identity, found.identity);
    if (asks === undefined || (await probe(bench.at, PROBE_MS, signal, asks)).kind === 'answered') {
      return { rung, helped: true };
    }
    // Before the next rung sends anything, the line is made sure of: its command has no time for that.
    const { kind } = await probe(bench.at, SETTLE_MS, signal);
    const left = kind === 'answered' ? 'answering AT' : 'unfit';
    return { rung, helped: false, reason: `it answers AT, but not ${asks}`, left };
  } catch (error) {
    if (!isHilError(error)) throw error;
    return { rung, helped: false, reason: error.code, message: error.message, left: 'unfit', error };
  }
}

/** A rung that has not helped within the soft deadline leaves the rest of the time to the next. */
const patient = ({ timing }: Bench): Bench['timing'] => ({
  ...timing,
  hardMs: Math.min(timing.hardMs, timing.softMs),
});

/** Without a boot there is nothing to wait for: two probes, since the first `AT` may be eaten (BC26.md §8). */
const gentle = ({ timing }: Bench): Bench['timing'] => ({
  ...timing,
  retryMs: PROBE_MS,
  hardMs: 2 * PROBE_MS,
  idleMs: Math.min(timing.idleMs, PROBE_MS),
});

/** What became of a module that must not be booted: undefined where it may be. */
async function leaveOff(
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

const dead = (
  { port }: Bench,
  { cause }: Trouble,
  tried: readonly RungTried[],
  leftOff: string | undefined,
): HilError =>
  new HilError(
    'MODULE_DEAD',
    `nothing brings the module on ${port.path} back: ${ladderOf(tried)}${leftOff ? ` (${leftOff})` : ''}`,
    {
      cause,
      remedy: 'see to the board by hand; `doctor` says what of it works',
    },
  );

import { type Clock, toMs } from '../../base/clock.ts';
import { hasCode, HilError, isHilError, messageOf } from '../../base/error.ts';
import type { Emit } from '../host/emit.ts';
import type { EndActs } from './end-acts.ts';
import type { OpenSession } from './open-session.ts';
import { reportError } from './report-error.ts';

/**
 * How long the restore may take where nobody waits for the process: nine records, each read and written up to twice, by a
 * module that answers each time after seconds.
 */
const RESTORE_S = 300;
/** How long it may take once the run is interrupted. With all that follows it fits what a CI runner allows (`jest-child.ts`). */
const HURRIED_RESTORE_S = 3;
/**
 * After an interruption, how long the restore and the wait until it is durable may take together. The usual `durableMs`
 * is one second.
 */
const HURRIED_S = 4;

interface ReleaseParts {
  readonly board: EndActs & Pick<OpenSession, 'misbehaved'>;
  readonly emit: Emit;
  readonly clock: Clock;
}

/** The end of a session: the module as it was found, the board at rest, everything closed. */
export interface Release {
  /** Begins the release, once. Resolves when everything was tried; failures have been reported. */
  begin(): Promise<void>;
  /**
   * From now on only what is necessary is done. If the run was interrupted (ABORTED), the restore may take seconds only;
   * after an error of the rig nobody waits, and it takes its time. The first reason of each kind counts.
   */
  hurry(reason: HilError): void;
}

export function createRelease({ board, emit, clock }: ReleaseParts): Release {
  const hurried = new AbortController();
  const { signal } = hurried;
  const interrupted = new AbortController();
  /** When the time runs out from, ns: the beginning of the release, or the interruption during it. */
  let hurriedAt = 0n;
  let released: Promise<void> | undefined;
  /** Whether a step found another module. */
  let foundAnother = false;

  async function release(): Promise<void> {
    hurriedAt = clock.now();
    if (!signal.aborted) await attempt(() => board.settle(signal), mayMisbehave);
    if (isAnother())
      emit({ type: 'message', text: 'nothing was restored: it is not the module of the start' });
    else await attempt(restore, mayMisbehave);
    if (!signal.aborted && !isAnother()) await attempt(() => board.measureOwnShare(signal), mayMisbehave);
    await waitUntilDurable();
    await attempt(
      () => board.close(),
      () => signal.aborted,
    );
  }

  /** A module that failed tests or fell silent may misbehave here, too. If it did neither, an error here must not go unnoticed. */
  const mayMisbehave = (): boolean => signal.aborted || board.misbehaved();

  /** Nothing is written to a module that is not the one of the start, no matter when that was found. */
  const isAnother = (): boolean => foundAnother || hasCode(signal.reason, 'IDENTITY_MISMATCH');

  /** Does one step. A failure is reported, and the next steps are still done. */
  async function attempt(act: () => Promise<void>, isExplained: () => boolean): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (signal.aborted && hasCode(error, 'ABORTED')) return;
      const mismatch = hasCode(error, 'IDENTITY_MISMATCH');
      foundAnother ||= mismatch;
      // After failed tests or an interruption, an error here is a consequence and no finding of its own.
      // But another module is a finding in any case: it voids the run.
      if (isExplained() && !mismatch) emit({ type: 'message', text: `while ending: ${withRemedy(error)}` });
      else reportError(emit, error);
    }
  }

  const restore = (): Promise<void> =>
    withinTime({ s: RESTORE_S, hurriedS: HURRIED_RESTORE_S }, (late) => board.restore(late));

  /** Before the supply goes: the last save needs its time, whether a test or the restore made it. */
  async function waitUntilDurable(): Promise<void> {
    const lost = await withinTime({ hurriedS: HURRIED_S }, (late) => board.durable(late));
    if (lost !== undefined) emit({ type: 'message', text: `while ending: ${lost}` });
  }

  /** Aborts the signal of `act` when `s` seconds have passed, or `hurriedS` since the interruption. */
  async function withinTime<T>(
    { s, hurriedS }: { s?: number; hurriedS: number },
    act: (late: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const late = new AbortController();
    const abortAfter = (ms: number, why: string) =>
      clock.after(Math.max(0, ms), () => late.abort(new HilError('ABORTED', why)));
    const cancels = s === undefined ? [] : [abortAfter(s * 1_000, `it took longer than ${s} s`)];
    const onHurry = (): unknown =>
      cancels.push(
        abortAfter(
          hurriedS * 1_000 - toMs(clock.now() - hurriedAt),
          `${messageOf(interrupted.signal.reason)}, and it took longer than ${hurriedS} s`,
        ),
      );
    if (interrupted.signal.aborted) onHurry();
    interrupted.signal.addEventListener('abort', onHurry);
    try {
      return await act(late.signal);
    } finally {
      interrupted.signal.removeEventListener('abort', onHurry);
      cancels.forEach((cancel) => cancel());
    }
  }

  return {
    begin() {
      released ??= release();
      return released;
    },
    hurry(reason) {
      hurried.abort(reason);
      if (!hasCode(reason, 'ABORTED') || interrupted.signal.aborted) return;
      hurriedAt = clock.now();
      interrupted.abort(reason);
    },
  };
}

/** A restore that failed names the commands that do it by hand. */
const withRemedy = (error: unknown): string =>
  isHilError(error) && error.remedy ? `${error.message}; ${error.remedy}` : messageOf(error);

import { type Clock, toMs } from '../../base/clock.ts';
import { hasCode, HilError, messageOf } from '../../base/error.ts';
import type { Emit } from '../host/emit.ts';
import type { OpenSession } from './open-session.ts';
import { say } from './report-error.ts';

/** At the end of a run: nine records, each read and perhaps written twice, at 300 ms an answer. */
const RESTORE_S = 30;
/** Somebody who interrupts a run waits no longer than this for it, so that all is over within two seconds. */
const HURRIED_RESTORE_S = 1;
/** And for that, and until what was put back is durable, no longer than this: a second is the usual `durableMs`. */
const HURRIED_S = 1.5;

interface ReleaseParts {
  readonly board: Pick<OpenSession, 'settle' | 'restore' | 'measureOwnShare' | 'durable' | 'close'> & {
    readonly runner: Pick<OpenSession['runner'], 'failures'>;
  };
  readonly emit: Emit;
  readonly clock: Clock;
}

/** The end of a session: the module as it was found, the board at rest, everything closed. */
export interface Release {
  /** Begins it, once; resolves when everything was tried. What failed has been said. */
  begin(): Promise<void>;
  /** From now on only what must be is done, and the restore may take a second more. The first reason counts. */
  hurry(reason: HilError): void;
}

export function createRelease({ board, emit, clock }: ReleaseParts): Release {
  const hurried = new AbortController();
  const { signal } = hurried;
  /** Since when it is in a hurry, ns: since it began, or since somebody wanted the end in the middle of it. */
  let hurriedAt = 0n;
  let released: Promise<void> | undefined;
  /** Whether the end check found another module. */
  let another = false;

  async function release(): Promise<void> {
    hurriedAt = clock.now();
    if (!signal.aborted) await attempt(() => board.settle(signal), misbehaves);
    if (isAnother())
      emit({ type: 'message', text: 'nothing was restored: it is not the module of the start' });
    else await attempt(restore, misbehaves);
    if (!signal.aborted && !isAnother()) await attempt(() => board.measureOwnShare(signal), misbehaves);
    await durable();
    await attempt(
      () => board.close(),
      () => signal.aborted,
    );
  }

  /** A module that fails tests misbehaves here, too; one that failed none must not be left changed in silence. */
  const misbehaves = (): boolean => signal.aborted || board.runner.failures > 0;

  /** Nothing is written to a module that is not the one of the start, whenever that was found. */
  const isAnother = (): boolean => another || hasCode(signal.reason, 'IDENTITY_MISMATCH');

  /** Each thing is tried; what fails is said, and keeps nothing from being done. */
  async function attempt(act: () => Promise<void>, explained: () => boolean): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (signal.aborted && hasCode(error, 'ABORTED')) return;
      const mismatch = hasCode(error, 'IDENTITY_MISMATCH');
      another ||= mismatch;
      // Once the run has failed or was interrupted, what follows from that is no finding of its own.
      // But no failure explains another module: it voids the run.
      if (explained() && !mismatch) emit({ type: 'message', text: `while ending: ${messageOf(error)}` });
      else say(emit, error);
    }
  }

  const restore = (): Promise<void> =>
    inTime({ s: RESTORE_S, hurriedS: HURRIED_RESTORE_S }, (late) => board.restore(late));

  /** Before the supply goes: what was saved last needs its time, whoever saved it. */
  async function durable(): Promise<void> {
    const lost = await inTime({ hurriedS: HURRIED_S }, (late) => board.durable(late));
    if (lost !== undefined) emit({ type: 'message', text: `while ending: ${lost}` });
  }

  /** Ends `act` by its signal: `s` seconds after it began, `hurriedS` after somebody wanted the end. */
  async function inTime<T>(
    { s, hurriedS }: { s?: number; hurriedS: number },
    act: (late: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const late = new AbortController();
    const after = (ms: number, why: string) =>
      clock.after(Math.max(0, ms), () => late.abort(new HilError('ABORTED', why)));
    const cancels = s === undefined ? [] : [after(s * 1_000, `it took longer than ${s} s`)];
    const onHurry = (): unknown =>
      cancels.push(
        after(
          hurriedS * 1_000 - toMs(clock.now() - hurriedAt),
          `${messageOf(signal.reason)}, and it took longer than ${hurriedS} s`,
        ),
      );
    if (signal.aborted) onHurry();
    signal.addEventListener('abort', onHurry);
    try {
      return await act(late.signal);
    } finally {
      signal.removeEventListener('abort', onHurry);
      cancels.forEach((cancel) => cancel());
    }
  }

  return {
    begin() {
      released ??= release();
      return released;
    },
    hurry(reason) {
      if (!signal.aborted) hurriedAt = clock.now();
      hurried.abort(reason);
    },
  };
}

import type { HilError } from '../../base/error.ts';

/**
 * What a session is doing. It ends in one of two ways. Either Jest is done (`close`), and the process goes on. Or the run
 * cannot go on, and the process exits: a stop was requested, the supervisor or the port is gone, the rig failed, or the
 * board could not be opened.
 * @typeParam Board the open board, for the interpreter
 */
export type SessionState<Board> =
  | { readonly is: 'opening' }
  /** A stop came during the opening, which ends early and then puts the board at rest. */
  | { readonly is: 'opening-aborted'; readonly reason: HilError }
  | { readonly is: 'open'; readonly board: Board }
  /** The running test is being ended, and the causes of rig errors are being looked for. */
  | Stopping<Board>
  /** The module is put back as it was found, and the board at rest. */
  | { readonly is: 'releasing'; readonly board: Board; readonly exits: boolean }
  | { readonly is: 'over'; readonly exits: boolean };

interface Stopping<Board> {
  readonly is: 'stopping';
  readonly board: Board;
  readonly testsStopped: boolean;
  /** Rig errors whose causes are not yet reported; the first is being explained. */
  readonly toExplain: readonly HilError[];
  /** Causes already reported: two errors with the same cause are one finding. */
  readonly reported: readonly unknown[];
}

export type SessionEvent<Board> =
  | { readonly is: 'opened'; readonly board: Board }
  | { readonly is: 'opening-failed'; readonly error: unknown }
  /** The supervisor requested a stop, or is gone. */
  | { readonly is: 'stop'; readonly reason: HilError }
  /** A test ended by a rig error, or the port is gone. */
  | { readonly is: 'rig-failed'; readonly error: HilError }
  /** Jest is done. */
  | { readonly is: 'close' }
  | { readonly is: 'explained'; readonly cause: unknown }
  | { readonly is: 'tests-stopped' }
  | { readonly is: 'released' };

/** What the interpreter has to do. Those marked with an event report their end by it. */
export type SessionEffect<Board> =
  | { readonly do: 'abort-opening'; readonly reason: HilError }
  /** → `explained` */
  | { readonly do: 'explain'; readonly board: Board; readonly error: HilError }
  | { readonly do: 'report'; readonly error: unknown }
  | { readonly do: 'hurry'; readonly board: Board; readonly reason: HilError }
  /** → `tests-stopped` */
  | { readonly do: 'stop-tests'; readonly board: Board; readonly reason: HilError }
  /** → `released` */
  | { readonly do: 'release'; readonly board: Board }
  /** The last effect: closes trace and channel, and ends the process if `exits`. */
  | { readonly do: 'finish'; readonly exits: boolean };

export interface SessionStep<Board> {
  readonly state: SessionState<Board>;
  readonly effects: readonly SessionEffect<Board>[];
}

/** Whether the process exits at the end of the session, so that Jest must not go on. */
export const isLeaving = (state: SessionState<unknown>): boolean =>
  state.is === 'opening-aborted' || state.is === 'stopping' || ('exits' in state && state.exits);

/** A session's life as a transition: pure, no I/O. An event that a state does not expect changes nothing. */
export function advanceSession<Board>(
  state: SessionState<Board>,
  event: SessionEvent<Board>,
): SessionStep<Board> {
  switch (state.is) {
    case 'opening':
      return whileOpening(state, event);
    case 'opening-aborted':
      if (event.is === 'opened') return stop(event.board, state.reason);
      return event.is === 'opening-failed' ? openingFailed(event.error) : unchanged(state);
    case 'open':
      return whileOpen(state, event);
    case 'stopping':
      return whileStopping(state, event);
    case 'releasing':
      return whileReleasing(state, event);
    case 'over':
      return unchanged(state);
  }
}

type In<Board, Name extends SessionState<Board>['is']> = Extract<SessionState<Board>, { is: Name }>;

const unchanged = <Board>(state: SessionState<Board>): SessionStep<Board> => ({ state, effects: [] });

function whileOpening<Board>(state: In<Board, 'opening'>, event: SessionEvent<Board>): SessionStep<Board> {
  switch (event.is) {
    case 'opened':
      return { state: { is: 'open', board: event.board }, effects: [] };
    case 'opening-failed':
      return openingFailed(event.error);
    case 'stop': {
      const { reason } = event;
      return { state: { is: 'opening-aborted', reason }, effects: [{ do: 'abort-opening', reason }] };
    }
    default:
      return unchanged(state);
  }
}

const openingFailed = <Board>(error: unknown): SessionStep<Board> => ({
  state: { is: 'over', exits: true },
  effects: [
    { do: 'report', error },
    { do: 'finish', exits: true },
  ],
});

function whileOpen<Board>(state: In<Board, 'open'>, event: SessionEvent<Board>): SessionStep<Board> {
  const { board } = state;
  switch (event.is) {
    case 'stop':
      return stop(board, event.reason);
    case 'rig-failed':
      return stop(board, event.error, [event.error]);
    case 'close':
      return release(board, false);
    default:
      return unchanged(state);
  }
}

/** @param toExplain the rig error that is the reason, if it is one */
const stop = <Board>(
  board: Board,
  reason: HilError,
  toExplain: readonly HilError[] = [],
): SessionStep<Board> => ({
  state: { is: 'stopping', board, testsStopped: false, toExplain, reported: [] },
  effects: [
    ...toExplain.map((error) => ({ do: 'explain' as const, board, error })),
    { do: 'hurry', board, reason },
    { do: 'stop-tests', board, reason },
  ],
});

const release = <Board>(board: Board, exits: boolean): SessionStep<Board> => ({
  state: { is: 'releasing', board, exits },
  effects: [{ do: 'release', board }],
});

function whileStopping<Board>(state: Stopping<Board>, event: SessionEvent<Board>): SessionStep<Board> {
  const { board, testsStopped, toExplain, reported } = state;
  switch (event.is) {
    case 'rig-failed': {
      if (testsStopped) return unchanged(state);
      const { error } = event;
      const next = { ...state, toExplain: [...toExplain, error] };
      return { state: next, effects: toExplain.length === 0 ? [{ do: 'explain', board, error }] : [] };
    }
    case 'explained': {
      const { cause } = event;
      const [, ...left] = toExplain;
      const isNew = !reported.includes(cause);
      return releaseWhenStopped({ ...state, toExplain: left, reported: [...reported, cause] }, [
        ...(isNew ? [{ do: 'report' as const, error: cause }] : []),
        ...left.slice(0, 1).map((error) => ({ do: 'explain' as const, board, error })),
      ]);
    }
    case 'tests-stopped':
      return releaseWhenStopped({ ...state, testsStopped: true }, []);
    // The rig may have failed before: then somebody waits from now on.
    case 'stop':
      return { state, effects: [{ do: 'hurry', board, reason: event.reason }] };
    default:
      return unchanged(state);
  }
}

/** The causes are reported before the release, since what fails in it may be their consequence. */
function releaseWhenStopped<Board>(
  state: Stopping<Board>,
  effects: readonly SessionEffect<Board>[],
): SessionStep<Board> {
  if (!state.testsStopped || state.toExplain.length > 0) return { state, effects };
  const released = release(state.board, true);
  return { ...released, effects: [...effects, ...released.effects] };
}

function whileReleasing<Board>(
  state: In<Board, 'releasing'>,
  event: SessionEvent<Board>,
): SessionStep<Board> {
  const { board, exits } = state;
  if (event.is === 'released') return { state: { is: 'over', exits }, effects: [{ do: 'finish', exits }] };
  if (event.is !== 'stop') return unchanged(state);
  const { reason } = event;
  const hurry = { do: 'hurry' as const, board, reason };
  return {
    state: { ...state, exits: true },
    effects: exits ? [hurry] : [hurry, { do: 'stop-tests', board, reason }],
  };
}

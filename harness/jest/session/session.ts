import path from 'node:path';

import { openTrace } from '../../../reports/files/trace-file.ts';
import { planBeside } from '../../../reports/record/plan-file.ts';
import { loadRigFile } from '../../../rigs/file/load-rig-file.ts';
import { type Clock, systemClock } from '../../base/clock.ts';
import { HilError } from '../../base/error.ts';
import { chosenIds } from '../../clauses/needed.ts';
import { createEmit } from '../host/emit.ts';
import { startHeartbeat } from '../host/heartbeat.ts';
import { type ClauseSpec, testName } from '../host/host.ts';
import { readRunContext } from '../host/run-context.ts';
import { withSelectedClauses } from '../verdict/selection.ts';
import { countBytes } from '../watch/byte-count.ts';
import { createLeftFiles } from './left-files.ts';
import { type OpenSession, openSession } from './open-session.ts';
import { readRecordedRun, replayOf } from './recorded-run.ts';
import { redactorOf } from './redactor-of.ts';
import { createRelease, type Release } from './release.ts';
import { reportError } from './report-error.ts';
import {
  advanceSession,
  isLeaving,
  type SessionEffect,
  type SessionEvent,
  type SessionState,
} from './session-life.ts';
import { withFaults } from './with-faults.ts';

/** The one board of this process, over all suite files. */
export interface Session {
  runTest(file: string, spec: ClauseSpec): Promise<void>;
  /** Whether nothing in a suite file is to be judged any more; its tests then have their ends. */
  leaves(file: string): boolean;
  close(): Promise<void>;
}

interface Board {
  readonly session: OpenSession;
  readonly release: Release;
}

let session: Promise<Session> | undefined;

/** The session of this process; the first call opens it. */
export function getSession(): Promise<Session> {
  session ??= open();
  return session;
}

/** Ends the session, if one was opened. */
export async function closeSession(): Promise<void> {
  await (await session)?.close();
}

/**
 * Opens the board and interprets the session's life (`session-life.ts`). When the process exits early, the supervisor
 * knows which tests were planned and accounts for the rest.
 */
async function open(): Promise<Session> {
  const endHeartbeat = startHeartbeat((beat) => process.connected && process.send?.(beat));
  const context = readRunContext(process.env);
  const chosen = chosenIds(context.clausePattern);
  const recorded = context.replay === null ? undefined : readRecordedRun(context.replay);
  const replay = recorded && replayOf(recorded);
  const clock: Clock = replay?.clock ?? systemClock;
  const rig = recorded?.rig ?? withFaults(await loadRigFile(context.rigFile), context.faults);
  const redactor = redactorOf(rig);
  const traceFile = path.join(context.runFolder, 'trace.jsonl');
  const file = openTrace(traceFile);
  const trace = countBytes(redactor?.trace(file) ?? file);
  const emit = createEmit(trace, clock, (message) => process.send?.(redactor?.record(message) ?? message));

  const abort = new AbortController();
  const over = deferred();
  let state: SessionState<Board> = { is: 'opening' };

  function dispatch(event: SessionEvent<Board>): void {
    const step = advanceSession(state, event);
    state = step.state;
    step.effects.forEach(perform);
  }

  /** A failure of what is awaited is a mistake of ours: `close` rejects, or the process crashes. */
  const follow = (event: Promise<SessionEvent<Board>>): void => void event.then(dispatch).catch(over.reject);

  function perform(effect: SessionEffect<Board>): void {
    switch (effect.do) {
      case 'abort-opening':
        return abort.abort(effect.reason);
      case 'explain': {
        const { board, error } = effect;
        return follow(board.session.explain(error).then((cause) => ({ is: 'explained', cause })));
      }
      case 'report':
        return void reportError(emit, effect.error);
      case 'hurry':
        return effect.board.release.hurry(effect.reason);
      case 'stop-tests': {
        const { board, reason } = effect;
        return follow(board.session.runner.stop(reason).then(() => ({ is: 'tests-stopped' })));
      }
      case 'release':
        return follow(effect.board.release.begin().then(() => ({ is: 'released' })));
      case 'finish':
        return void finish(effect.exits).then(over.resolve, over.reject);
    }
  }

  async function finish(exits: boolean): Promise<void> {
    emit({ type: 'bytes', in: trace.bytesIn, out: trace.bytesOut });
    file.close();
    endHeartbeat();
    await disconnect();
    if (exits) process.exit(0);
  }

  onStopRequest((reason) => dispatch({ is: 'stop', reason }));

  let opened: OpenSession;
  try {
    opened = await openSession({ context, rig, trace, emit, signal: abort.signal, clock, replay });
  } catch (error) {
    dispatch({ is: 'opening-failed', error });
    await over.promise;
    throw error;
  }
  dispatch({
    is: 'opened',
    board: { session: opened, release: createRelease({ board: opened, emit, clock }) },
  });
  opened.onGone((error) => dispatch({ is: 'rig-failed', error }));
  const { runner, enough } = opened;
  const leaves = createLeftFiles({ enough, emit, planned: () => planBeside(traceFile).planned });

  return {
    async runTest(suite, spec) {
      await replay?.begin(testName(suite, spec.title));
      await runner.run(suite, withSelectedClauses(spec, chosen));
      if (runner.rigError) dispatch({ is: 'rig-failed', error: runner.rigError });
      // Jest would load the next suites in this process while the module is put back.
      if (isLeaving(state)) await over.promise;
    },
    // A replay follows each test of the trace.
    leaves: (suite) => !replay && leaves(suite),
    close() {
      dispatch({ is: 'close' });
      return over.promise;
    },
  };
}

/** A promise that is settled from outside. */
function deferred(): { promise: Promise<void>; resolve: () => void; reject: (error: unknown) => void } {
  let settle: [resolve: () => void, reject: (error: unknown) => void] = [() => {}, () => {}];
  const promise = new Promise<void>((...both) => (settle = both));
  return { promise, resolve: () => settle[0](), reject: (error) => settle[1](error) };
}

/** Calls `stop` when the supervisor asks for it, and when it is gone: then no one else can put the board at rest. */
function onStopRequest(stop: (reason: HilError) => void): void {
  process.on('message', (request: { stop?: string }) => {
    if (request.stop !== undefined) stop(new HilError('ABORTED', `the run was interrupted: ${request.stop}`));
  });
  process.on('disconnect', () => stop(new HilError('ABORTED', 'the supervisor has gone')));
}

/** Waits until all entries have left, then closes the channel, which would keep Jest from ending. */
async function disconnect(): Promise<void> {
  if (!process.connected) return;
  await new Promise<void>((resolve) => process.send?.({ flush: true }, () => resolve()));
  process.disconnect();
}

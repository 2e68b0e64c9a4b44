import path from 'node:path';
import { systemClock } from '../base/clock.ts';
import { HilError, isHilError, messageOf } from '../base/error.ts';
import { chosenIds } from '../clauses/catalogue.ts';
import { openTrace } from '../../reports/trace-file.ts';
import { loadRigFile } from '../../rigs/load-rig-file.ts';
import { countBytes } from './byte-count.ts';
import { createEmit } from './emit.ts';
import type { Emit } from './emit.ts';
import type { ClauseSpec } from './host.ts';
import type { OpenSession } from './open-session.ts';
import { openSession } from './open-session.ts';
import { readRunContext } from './run-context.ts';
import { narrowed } from './selection.ts';
import { redactorOf } from './redactor-of.ts';
import { withFaults } from './with-faults.ts';

/** Restoring is a matter of some commands; somebody who interrupts a run waits no longer than this for it. */
const RESTORE_ON_STOP_MS = 1_000;
/** At the end of a run: nine records, each read and perhaps written twice, at 300 ms an answer. */
const RESTORE_MS = 30_000;

/** The one board of this process, over all suite files. */
export interface Session {
  runTest(file: string, spec: ClauseSpec): Promise<void>;
  close(): Promise<void>;
}

let session: Promise<Session> | undefined;

/** The session of this process; opened by the first suite file that asks. */
export function theSession(): Promise<Session> {
  session ??= open();
  return session;
}

/** Ends the session, if there ever was one. */
export async function closeSession(): Promise<void> {
  await (await session)?.close();
}

/**
 * Opens the board and keeps it. Whatever makes going on pointless (a stop asked for, a supervisor or a port
 * that has gone, a rig that fails) puts the board at rest and ends the process: the supervisor knows what
 * was planned and accounts for the rest.
 */
async function open(): Promise<Session> {
  const context = readRunContext(process.env);
  const chosen = chosenIds(context.clausePattern);
  const rig = withFaults(await loadRigFile(context.rigFile), context.faults);
  const redactor = redactorOf(rig);
  const file = openTrace(path.join(context.runFolder, 'trace.jsonl'));
  const trace = countBytes(redactor?.trace(file) ?? file);
  const emit = createEmit(trace, systemClock, (message) =>
    process.send?.(redactor?.record(message) ?? message),
  );

  const abort = new AbortController();
  let opening: Promise<OpenSession> | undefined;
  let opened: OpenSession | undefined;
  let released: Promise<void> | undefined;

  function release(restoreMs: number, failed: boolean): Promise<void> {
    released ??= releaseOnce(restoreMs, failed);
    return released;
  }

  async function releaseOnce(restoreMs: number, failed: boolean): Promise<void> {
    if (opened) {
      const board = opened;
      // A module that fails tests misbehaves here, too; one that failed none must not be left changed in silence.
      const explained = failed || board.runner.failures > 0;
      if (!failed) await attempt(emit, explained, () => board.settle());
      await attempt(emit, explained, () => board.restore(AbortSignal.timeout(restoreMs)));
      if (!failed) await attempt(emit, explained, () => board.measureOwnShare());
      await attempt(emit, failed, () => board.close());
    }
    emit({ type: 'bytes', in: trace.bytesIn, out: trace.bytesOut });
    file.close();
    await disconnect();
  }

  async function leave(reason: HilError): Promise<void> {
    abort.abort(reason);
    // A board that is being opened is put at rest by the opening, which the abort cuts short.
    await opening?.catch(() => undefined);
    await opened?.runner.stop(reason);
    await release(RESTORE_ON_STOP_MS, true);
    process.exit(0);
  }

  listen((reason) => {
    if (!released) void leave(reason);
  });

  try {
    opening = openSession({ context, rig, trace, emit, signal: abort.signal });
    opened = await opening;
    opened.onGone((gone) => {
      if (!released) void leave(say(emit, gone));
    });
  } catch (error) {
    await leave(say(emit, error));
  }

  return {
    async runTest(suite, spec) {
      await opened?.runner.run(suite, narrowed(spec, chosen));
      const dead = opened?.runner.dead;
      if (dead && !released) await leave(say(emit, dead));
    },
    close: () => release(RESTORE_MS, false),
  };
}

/** Hears the supervisor's wish to stop, and its end: without it nobody would put the board at rest after us. */
function listen(stop: (reason: HilError) => void): void {
  process.on('message', (request: { stop?: string }) => {
    if (request.stop !== undefined) stop(new HilError('ABORTED', `the run was interrupted: ${request.stop}`));
  });
  process.on('disconnect', () => stop(new HilError('ABORTED', 'the supervisor has gone')));
}

/** Says what ended the run, unless somebody asked for it, and returns it as an error of ours. */
function say(emit: Emit, thrown: unknown): HilError {
  const error = isHilError(thrown)
    ? thrown
    : new HilError('SUITES_CRASHED', `the harness failed: ${messageOf(thrown)}`, { cause: thrown });
  if (error.blame === 'stopped') return error;
  const { code, message, remedy } = error;
  emit({
    type: error.blame === 'usage' ? 'usage-error' : 'rig-error',
    code,
    message,
    ...(remedy && { remedy }),
  });
  return error;
}

/** At the end each thing is tried; what fails is said, and keeps nothing from being done. */
async function attempt(emit: Emit, failed: boolean, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    // Once the run has failed or was interrupted, what follows from that is no finding of its own.
    if (failed) emit({ type: 'message', text: `while ending: ${messageOf(error)}` });
    else say(emit, error);
  }
}

/** Waits until everything said has left, then closes the channel, which would keep Jest from ending. */
async function disconnect(): Promise<void> {
  if (!process.connected) return;
  await new Promise<void>((resolve) => process.send?.({ flush: true }, () => resolve()));
  process.disconnect();
}

import path from 'node:path';

import { openTrace } from '../../../reports/files/trace-file.ts';
import { loadRigFile } from '../../../rigs/file/load-rig-file.ts';
import { systemClock } from '../../base/clock.ts';
import { HilError } from '../../base/error.ts';
import { chosenIds } from '../../clauses/catalogue.ts';
import { createEmit } from '../host/emit.ts';
import type { ClauseSpec } from '../host/host.ts';
import { readRunContext } from '../host/run-context.ts';
import { withSelectedClauses } from '../verdict/selection.ts';
import { countBytes } from '../watch/byte-count.ts';
import { type OpenSession, openSession } from './open-session.ts';
import { redactorOf } from './redactor-of.ts';
import { createRelease, type Release } from './release.ts';
import { reportError } from './report-error.ts';
import { withFaults } from './with-faults.ts';

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
  let release: Release | undefined;
  let ended: Promise<void> | undefined;
  let leaving: Promise<void> | undefined;
  let over = false;
  const broken = new Set<unknown>();
  let explained: Promise<void> = Promise.resolve();

  function end(): Promise<void> {
    ended ??= endOnce();
    return ended;
  }

  async function endOnce(): Promise<void> {
    // What broke is said before what follows from it.
    await explained;
    await release?.begin();
    emit({ type: 'bytes', in: trace.bytesIn, out: trace.bytesOut });
    file.close();
    over = true;
    await disconnect();
  }

  /** Leaves for an error of the rig: at once, though it may take a moment to learn what is behind it. */
  function fail(error: HilError): Promise<void> {
    explained = explained.then(async () => {
      const cause = await opened?.explain(error);
      if (!broken.has(cause)) reportError(emit, cause);
      broken.add(cause);
    });
    return leave(error);
  }

  /** Ends everything, or hurries the end that is under way. */
  function leave(reason: HilError): Promise<void> {
    leaving ??= leaveOnce(reason);
    return leaving;
  }

  async function leaveOnce(reason: HilError): Promise<void> {
    abort.abort(reason);
    release?.hurry(reason);
    // A board that is being opened is put at rest by the opening, which the abort cuts short.
    await opening?.catch(() => undefined);
    release?.hurry(reason);
    await opened?.runner.stop(reason);
    await end();
    process.exit(0);
  }

  listen((reason) => {
    if (!over) void leave(reason);
  });

  try {
    opening = openSession({ context, rig, trace, emit, signal: abort.signal });
    opened = await opening;
    release = createRelease({ board: opened, emit, clock: systemClock });
    opened.onGone((gone) => {
      if (!ended) void fail(gone);
    });
  } catch (error) {
    await leave(reportError(emit, error));
  }

  return {
    async runTest(suite, spec) {
      await opened?.runner.run(suite, withSelectedClauses(spec, chosen));
      const dead = opened?.runner.rigError;
      if (dead && !ended) await fail(dead);
      // Not back to Jest: it would load the next suites while the module is given back, in this very process.
      await leaving;
    },
    close: end,
  };
}

/** Hears the supervisor's wish to stop, and its end: without it nobody would put the board at rest after us. */
function listen(stop: (reason: HilError) => void): void {
  process.on('message', (request: { stop?: string }) => {
    if (request.stop !== undefined) stop(new HilError('ABORTED', `the run was interrupted: ${request.stop}`));
  });
  process.on('disconnect', () => stop(new HilError('ABORTED', 'the supervisor has gone')));
}

/** Waits until everything said has left, then closes the channel, which would keep Jest from ending. */
async function disconnect(): Promise<void> {
  if (!process.connected) return;
  await new Promise<void>((resolve) => process.send?.({ flush: true }, () => resolve()));
  process.disconnect();
}

import { askedOf } from '../../../reports/record/timing.ts';
import { type Board, openBoard } from '../../../rigs/board.ts';
import type { RigFile } from '../../../rigs/file/rig-file.ts';
import type { Replay } from '../../../rigs/replay/replay.ts';
import type { Clock } from '../../base/clock.ts';
import type { HilError } from '../../base/error.ts';
import type { TraceSink } from '../../base/trace.ts';
import { clauseById } from '../../clauses/catalogue.ts';
import { askedIds, chosenIds } from '../../clauses/needed.ts';
import { type Saves, watchSaves } from '../../cmdmp/saves.ts';
import { createSpelling } from '../../cmdmp/spelling.ts';
import { createFixtureFactory } from '../fixtures/fixture-factory.ts';
import { openRigPlatform, type RigPlatform } from '../fixtures/rig-platform.ts';
import { createWriteBudget, type WriteBudget } from '../fixtures/write-budget.ts';
import { followHistory, type RecordHistory } from '../history/record-history.ts';
import type { Emit } from '../host/emit.ts';
import type { RunContext } from '../host/run-context.ts';
import type { FixtureFactory } from '../verdict/attempt.ts';
import { type ClauseRunner, createClauseRunner } from '../verdict/clause-runner.ts';
import { createEnough, type Enough } from '../verdict/enough.ts';
import type { Wear } from '../watch/wear.ts';
import { createEndActs, type EndActs } from './end-acts.ts';
import { findModule, type FoundModule } from './found-module.ts';
import { noteBoard } from './recorded-run.ts';
import { reportPrograms } from './report-programs.ts';

/** An open board with a module that is up. */
export interface OpenSession extends EndActs {
  readonly runner: ClauseRunner;
  readonly enough: Enough;
  /** Whether the module failed a test or fell silent, so that what fails at the end is its consequence. */
  misbehaved(): boolean;
  /** Calls `gone` when the port hangs up. */
  onGone(gone: (error: HilError) => void): void;
  /** The cause of an error: see `Board`. */
  explain(error: unknown): Promise<unknown>;
}

export interface SessionParts {
  readonly context: RunContext;
  readonly rig: RigFile;
  readonly trace: TraceSink;
  readonly emit: Emit;
  /** Cuts the opening short; the board is put at rest then, too. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Stands in for the board. */
  readonly replay: Replay | undefined;
}

/** The parts of a session that are open. */
interface Opened {
  readonly board: Board;
  readonly saves: Saves;
  readonly platform: RigPlatform | undefined;
  readonly found: FoundModule;
  readonly enough: Enough;
}

/**
 * Opens the board and brings its module up: identity guarded before anything is written, a snapshot taken. If this
 * fails, the board is at rest and everything is closed.
 * @throws rig errors, IDENTITY_MISMATCH, CREDENTIALS_AT_RISK
 */
export async function openSession(all: SessionParts): Promise<OpenSession> {
  const enough = enoughOf(all);
  const parts = { ...all, emit: enough.emit };
  const { context, rig, trace, emit, signal, clock, replay } = parts;
  const board = await openBoard(rig, {
    runFolder: context.runFolder,
    clock,
    replay,
    trace,
    seed: context.seed,
    programs: reportPrograms,
    lockDescriptors: context.lockDescriptors,
  });
  const saves = watchSaves({ port: board.port, clock, durableMs: rig.module.durableMs });
  let platform: RigPlatform | undefined;
  try {
    const { runFolder, seed } = context;
    platform = await openRigPlatform(rig, { runFolder, trace, emit, seed, clock, replay });
    noteBoard(trace, clock, { board, context, platform: platform?.listensAt });
    const found = await findModule({ ...parts, board, saves, server: platform?.server });
    return assembleSession(parts, { board, saves, platform, found, enough });
  } catch (error) {
    // Explained before anything is closed, since closing ends an emulated board in any case.
    const explained = await board.explain(error);
    const lost = await saves.durable(signal);
    if (lost !== undefined) emit({ type: 'message', text: lost });
    await board.control.rest().catch(() => undefined);
    await board.close();
    await platform?.close();
    throw explained;
  }
}

const enoughOf = ({ emit, context: { maxFailures, stopAt, waived } }: SessionParts): Enough =>
  createEnough(emit, {
    maxFailures,
    stopAt: stopAt === null ? null : askedIds(stopAt),
    waived: new Set(waived),
  });

function assembleSession(parts: SessionParts, opened: Opened): OpenSession {
  const { board, saves, platform, found, enough } = opened;
  const { context, emit, clock } = parts;
  const { fitness, silences } = found;
  const history = followHistory(found.state.snapshot);
  history.listen(found.bench.at);
  const runner = createClauseRunner({
    fitness,
    history,
    fixtures: assembleFixtures(parts, opened, history),
    selection: {
      profile: context.profile,
      clauses: chosenIds(context.clausePattern),
      capabilities: board.control.capabilities,
      platform: platform !== undefined,
      localCauses: board.control.provoke !== undefined,
      unproven: found.unproven,
    },
    clock,
    emit,
    lastLine: () => parts.trace.last,
    enough,
    networkClock: parts.rig.module.clock,
    clauseFacts: clauseById,
    waived: new Set(context.waived),
    absent: found.state.absent,
  });
  return {
    ...createEndActs({
      ...{ board, saves, platform, found, emit },
      ...{ waived: context.waived, ownShare: context.ownShare },
    }),
    misbehaved: () => enough.failures > 0 || silences.seen.length > 0,
    runner,
    enough,
    onGone: (gone) => void saves.port.onGone(gone),
    explain: (error) => board.explain(error),
  };
}

function assembleFixtures(
  { context, rig, emit, clock }: SessionParts,
  { platform, found }: Opened,
  history: RecordHistory,
): FixtureFactory {
  const { bench, module, state, watch, wear, contacts, lastSnapshot, silences, fitness } = found;
  return createFixtureFactory({
    module,
    attemptModule: {
      at: bench.at,
      budget: writeBudget(context, wear, emit),
      contacts,
      lastSnapshot,
      spelling: createSpelling(),
      silences,
      absent: state.absent,
      suspect: (error, command) => fitness.suspect(error, command),
    },
    history,
    attemptBoard: { bench, limits: rig.module, fitness },
    run: { profile: context.profile, seed: context.seed, clock, watch, silences, asked: askedOf(context) },
    platform,
    emit,
  });
}

const writeBudget = (
  { nvramWrites, profile, chosenShare }: RunContext,
  wear: Wear,
  emit: Emit,
): WriteBudget =>
  createWriteBudget({
    allowed: nvramWrites,
    profile,
    chosenShare,
    emit,
    onUnseenWrites(writes) {
      wear.add(writes);
      emit({ type: 'raw-writes', nvramWrites: writes });
    },
  });

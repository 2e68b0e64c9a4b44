import { askedOf } from '../../../reports/record/timing.ts';
import { type Board, openBoard } from '../../../rigs/board.ts';
import { isEmulated, type RigFile } from '../../../rigs/file/rig-file.ts';
import { systemClock } from '../../base/clock.ts';
import type { HilError } from '../../base/error.ts';
import { everyOne } from '../../base/every-one.ts';
import type { TraceSink } from '../../base/trace.ts';
import { readIdentity, sameIdentity } from '../../bc26/identity.ts';
import { chosenIds, clauseById } from '../../clauses/catalogue.ts';
import { type Saves, watchSaves } from '../../cmdmp/saves.ts';
import { createTestBench } from '../fixtures/fixture-factory.ts';
import { openRigPlatform,type RigPlatform } from '../fixtures/rig-platform.ts';
import { contactIn, contactsNobody, followContacts } from '../fixtures/saved-contacts.ts';
import { createWriteBudget } from '../fixtures/write-budget.ts';
import type { Emit } from '../host/emit.ts';
import type { RunContext } from '../host/run-context.ts';
import { createTestRunner, type TestRunner } from '../verdict/clause-runner.ts';
import { findModule } from './found-module.ts';
import { measureOwnShare } from './measure-own-share.ts';
import { putBack, putPowerSavingBack } from './put-back.ts';
import { tellPrograms } from './report-programs.ts';

export interface OpenSession {
  readonly runner: TestRunner;
  /** Calls `gone` when the port hangs up. */
  onGone(gone: (error: HilError) => void): void;
  /** What is behind an error: see `Board`. */
  explain(error: unknown): Promise<unknown>;
  /** After the last test: the module answers, and is the one of the start (IDENTITY_MISMATCH voids the run). */
  settle(signal: AbortSignal): Promise<void>;
  /** Puts the module back as it was found; ends by `signal` where that takes too long. */
  restore(signal: AbortSignal): Promise<void>;
  /** Measures our own share of an exchange, beside a bare serialport's: closes the port, so it comes last. */
  measureOwnShare(signal: AbortSignal): Promise<void>;
  /** Waits until all that was saved is durable (`Saves`): before the supply goes. */
  durable(signal: AbortSignal): Promise<string | undefined>;
  /** The board at rest, everything released. */
  close(): Promise<void>;
}

export interface SessionParts {
  readonly context: RunContext;
  readonly rig: RigFile;
  readonly trace: TraceSink;
  readonly emit: Emit;
  /** Cuts the opening short: the board is put at rest then, too. */
  readonly signal: AbortSignal;
}

/**
 * Opens the board and brings its module up: identity guarded before anything is written, a snapshot taken.
 * What fails here leaves the board at rest and everything closed.
 * @throws rig errors, IDENTITY_MISMATCH, CREDENTIALS_AT_RISK
 */
export async function openSession({ context, rig, trace, emit, signal }: SessionParts): Promise<OpenSession> {
  const board = await openBoard(rig, {
    runFolder: context.runFolder,
    clock: systemClock,
    trace,
    seed: context.seed,
    programs: tellPrograms,
    lockDescriptors: context.lockDescriptors,
  });
  const saves = watchSaves({ port: board.port, clock: systemClock, durableMs: rig.module.durableMs });
  let platform: RigPlatform | undefined;
  try {
    platform = await openRigPlatform(rig, context.runFolder, trace, emit);
    return await bringUpSession(board, saves, platform, { context, rig, trace, emit, signal });
  } catch (error) {
    // Before anything is closed: that ends an emulated board in any case.
    const explained = await board.explain(error);
    const lost = await saves.durable(signal);
    if (lost !== undefined) emit({ type: 'message', text: lost });
    await board.control.rest().catch(() => undefined);
    await board.close();
    await platform?.close();
    throw explained;
  }
}

async function bringUpSession(
  board: Board,
  saves: Saves,
  platform: RigPlatform | undefined,
  { context, rig, trace, emit, signal }: SessionParts,
): Promise<OpenSession> {
  const clock = systemClock;
  const { control } = board;
  const { port } = saves;
  const found = await findModule({ board, saves, rig, trace, emit, signal });
  const { at, bench, module, identity, snapshot, absent, watch, wear, book } = found;

  const { profile, seed, clausePattern, maxFailures } = context;
  const testBench = createTestBench({
    durableMs: rig.module.durableMs,
    bench,
    at,
    module,
    watch,
    clock,
    emit,
    profile,
    seed,
    asked: askedOf(context),
    absent,
    contacts: isEmulated(rig) ? contactsNobody : followContacts(contactIn(snapshot), platform?.serverIP),
    budget: createWriteBudget({
      allowed: context.nvramWrites,
      profile,
      emit,
      onRawWrites(writes) {
        wear.add(writes);
        emit({ type: 'raw-writes', nvramWrites: writes });
      },
    }),
    platform,
    attachDeadlineMs: rig.module.attachDeadlineMs,
  });
  const runner = createTestRunner({
    bench: testBench,
    selection: {
      profile,
      clauses: chosenIds(clausePattern),
      capabilities: control.capabilities,
      platform: platform !== undefined,
      localCauses: control.provoke !== undefined,
    },
    clock,
    emit,
    lastLine: () => trace.last,
    maxFailures,
    networkClock: rig.module.clock,
    clauseFacts: clauseById,
    waived: new Set(context.waived),
    absent,
  });

  return {
    runner,
    onGone: (gone) => void port.onGone(gone),
    explain: (error) => board.explain(error),
    async settle(signal) {
      await testBench.ready(signal);
      sameIdentity(identity, await readIdentity(at, signal));
    },
    restore(signal) {
      const extendedShownLate = context.waived.includes('EX-READ-SAVED');
      const rule = { ...found.credentials, extendedShownLate };
      const given = module.until(signal);
      return everyOne([
        () => putBack(given, snapshot, rule, emit),
        () => putPowerSavingBack(given, found.powerSaving, emit),
      ]);
    },
    async measureOwnShare(signal) {
      if (!control.capabilities.truth) {
        const reason = 'this board does not tell when it had a command and gave its answer';
        emit({ type: 'own-share', own: { measurable: false, reason } });
        return;
      }
      const own = await measureOwnShare({ at, module: module.until(signal), port, book, signal });
      emit({ type: 'own-share', own });
    },
    durable: (signal) => saves.durable(signal),
    close: () =>
      everyOne([
        () => at.reported(),
        () => wear.close(),
        () => at.close(),
        () => control.rest(),
        () => board.close(),
        () => platform?.close(),
      ]),
  };
}

import type { Board } from '../../../rigs/board.ts';
import type { RigFile } from '../../../rigs/file/rig-file.ts';
import type { TraceSink } from '../../base/trace.ts';
import type { Bench, PowerSavingFound } from '../../bc26/bench.ts';
import { guardIdentity } from '../../bc26/identity.ts';
import { createModule, type Module } from '../../bc26/module.ts';
import { openBench } from '../../bc26/open-bench.ts';
import { start } from '../../bc26/start.ts';
import { maskPrivateKey } from '../../cmdmp/mask.ts';
import type { Saves } from '../../cmdmp/saves.ts';
import { proveSwitches, type Unproven } from '../../proof/prove-switches.ts';
import type { Emit } from '../host/emit.ts';
import type { RunContext } from '../host/run-context.ts';
import { factsOf, type LineWatch, watchLine } from '../watch/line-watch.ts';
import { keepTruths, type TruthBook } from '../watch/truth-book.ts';
import { openWear, type Wear } from '../watch/wear.ts';
import { type ModuleState, readModuleState } from './module-state.ts';
import { putPowerSavingBack } from './put-back.ts';
import { reportError } from './report-error.ts';

interface Parts {
  readonly board: Board;
  readonly saves: Saves;
  readonly rig: RigFile;
  readonly trace: TraceSink;
  readonly emit: Emit;
  /** The run's folder, the clauses whose deviations are known, and the switches that have to be proven. */
  readonly context: Pick<RunContext, 'runFolder' | 'waived' | 'switches'>;
  readonly signal: AbortSignal;
}

/** The module as the run finds it, and what the run keeps of it. */
export interface FoundModule {
  readonly bench: Bench;
  readonly module: Module;
  readonly state: ModuleState;
  /** The power saving that was found on and is switched off for the run; put back at its end. */
  readonly powerSaving: PowerSavingFound;
  readonly watch: LineWatch;
  readonly wear: Wear;
  readonly book: TruthBook;
  /** The switches of the board that were tried in vain; each is reported. */
  readonly unproven: Unproven;
}

/**
 * Brings the module up and reads its state. Only power saving is written before identity and credentials are guarded; if
 * a guard refuses the module, power saving is put back. What an earlier run left is put back then; what the module holds is
 * on disk when this returns.
 * @throws rig errors, IDENTITY_MISMATCH, CREDENTIALS_AT_RISK
 */
export async function findModule({
  board,
  saves,
  rig,
  trace,
  emit,
  context,
  signal,
}: Parts): Promise<FoundModule> {
  const { control } = board;
  const { port } = saves;
  const book = keepTruths(control);
  const powerSaving: PowerSavingFound = new Map();
  const bench = openBench({
    rig,
    board: { port, control },
    trace,
    shown: maskPrivateKey,
    powerSaving,
    ...(control.capabilities.truth && {
      disturbanceOf: (command, endedAt, startedAt) => book.disturbanceOf(command, endedAt, startedAt),
    }),
  });
  const { at } = bench;
  const watch = watchLine(at, emit);

  const started = await start(bench, signal);
  const { identity } = started;
  guardIdentity(identity, rig.module);
  emit({ type: 'identity', ...identity });
  const wear = openWear(rig, identity.imei, emit);
  wear.add(powerSaving.size);
  at.onExchange((exchange) => wear.add(factsOf(exchange).nvramWrite ? 1 : 0));
  const { runFolder, waived, switches } = context;
  const module = createModule(bench, started);
  try {
    const unproven = await proveSwitches(bench, started, switches, signal);
    for (const error of unproven.values()) reportError(emit, error);
    const view = module.until(signal);
    const state = await readModuleState({ module: view, rig, runFolder, powerSaving, waived, emit });
    return { bench, module, state, powerSaving, watch, wear, book, unproven };
  } catch (error) {
    await putPowerSavingBack(module.until(signal), powerSaving, emit);
    throw error;
  }
}

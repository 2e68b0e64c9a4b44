import type { Board } from '../../../rigs/board.ts';
import { isEmulated, type RigFile } from '../../../rigs/file/rig-file.ts';
import type { AtClient } from '../../at/at-client.ts';
import type { TraceSink } from '../../base/trace.ts';
import type { Bench } from '../../bc26/bench.ts';
import { guardIdentity, type Identity } from '../../bc26/identity.ts';
import { createModule, type Module } from '../../bc26/module.ts';
import { openBench } from '../../bc26/open-bench.ts';
import type { PowerSavingFound } from '../../bc26/power-saving.ts';
import { start } from '../../bc26/start.ts';
import { type CredentialsRule, guardCredentials } from '../../cmdmp/credentials.ts';
import { maskPrivateKey } from '../../cmdmp/mask.ts';
import type { Saves } from '../../cmdmp/saves.ts';
import { type Snapshot, takeSnapshot } from '../../cmdmp/snapshot.ts';
import type { Emit } from '../host/emit.ts';
import { type AbsentCommands, findAbsent } from '../verdict/absent-commands.ts';
import { factsOf, type LineWatch, watchLine } from '../watch/line-watch.ts';
import { keepTruths, type TruthBook } from '../watch/truth-book.ts';
import { keepWear, type Wear } from '../watch/wear.ts';
import { putPowerSavingBack } from './put-back.ts';

interface Parts {
  readonly board: Board;
  readonly saves: Saves;
  readonly rig: RigFile;
  readonly trace: TraceSink;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** The module as the run finds it: up, known, and looked at. */
export interface FoundModule {
  readonly at: AtClient;
  readonly bench: Bench;
  readonly module: Module;
  readonly identity: Identity;
  /** What it was found with, which the run puts back at its end. */
  readonly snapshot: Snapshot;
  /** And the power saving it was found with, as it is switched off: also put back. */
  readonly powerSaving: PowerSavingFound;
  readonly credentials: CredentialsRule;
  readonly absent: AbsentCommands;
  readonly watch: LineWatch;
  readonly wear: Wear;
  readonly book: TruthBook;
}

/**
 * Brings the module up and looks at it: nothing but power saving is written before identity and credentials are
 * guarded, and that is put back where they are not as they should be.
 * @throws rig errors, IDENTITY_MISMATCH, CREDENTIALS_AT_RISK
 */
export async function findModule({ board, saves, rig, trace, emit, signal }: Parts): Promise<FoundModule> {
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
  const wear = keepWear(rig, identity.imei, emit);
  wear.add(powerSaving.size);
  at.onExchange((exchange) => wear.add(factsOf(exchange).nvramWrite ? 1 : 0));
  const module = createModule(bench, started);
  try {
    const seen = await lookAt(module.until(signal), rig);
    return { at, bench, module, identity, powerSaving, ...seen, watch, wear, book };
  } catch (error) {
    await putPowerSavingBack(module.until(signal), powerSaving, emit);
    throw error;
  }
}

/** What is saved in a module, and which commands it has. @throws CREDENTIALS_AT_RISK */
async function lookAt(
  module: Module,
  rig: RigFile,
): Promise<Pick<FoundModule, 'snapshot' | 'credentials' | 'absent'>> {
  const snapshot = await takeSnapshot(module);
  const credentials: CredentialsRule = {
    credentials: rig.credentials,
    emulated: isEmulated(rig),
    mayLoseCredentials: rig.module.mayLoseCredentials,
  };
  guardCredentials(snapshot, credentials);
  return { snapshot, credentials, absent: await findAbsent(module, snapshot) };
}

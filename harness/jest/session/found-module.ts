import type { Board } from '../../../rigs/board.ts';
import { isEmulated, type RigFile } from '../../../rigs/file/rig-file.ts';
import type { Clock } from '../../base/clock.ts';
import type { TraceSink } from '../../base/trace.ts';
import type { Bench, PowerSavingFound } from '../../bc26/bench.ts';
import { guardIdentity } from '../../bc26/identity.ts';
import { createModule, type Module } from '../../bc26/module.ts';
import { openBench } from '../../bc26/open-bench.ts';
import { start } from '../../bc26/start.ts';
import type { Sender } from '../../cmdmp/access.ts';
import { maskPrivateKey } from '../../cmdmp/mask.ts';
import type { Saves } from '../../cmdmp/saves.ts';
import { proveSwitches, type Unproven } from '../../proof/prove-switches.ts';
import { createFitness, type Fitness } from '../fixtures/fitness.ts';
import { createLastSnapshot, type LastSnapshot } from '../fixtures/last-snapshot.ts';
import { patientSender } from '../fixtures/patient-sender.ts';
import { contactIn, contactsToCome, followContacts, type SavedContacts } from '../fixtures/saved-contacts.ts';
import type { ServerAddress } from '../fixtures/strangers.ts';
import { bootFacts } from '../host/boot-facts.ts';
import type { Emit } from '../host/emit.ts';
import type { RunContext } from '../host/run-context.ts';
import type { Line } from '../silence/input-log.ts';
import { createSilences, type Silences } from '../silence/silences.ts';
import { watchWiring } from '../silence/wiring.ts';
import { watchKeys } from '../watch/key-watch.ts';
import { factsOf, type LineWatch, watchLine } from '../watch/line-watch.ts';
import { watchReadings } from '../watch/reading-watch.ts';
import { keepTruths, type TruthBook } from '../watch/truth-book.ts';
import { openWear, type Wear } from '../watch/wear.ts';
import { type ModuleState, readModuleState } from './module-state.ts';
import { putPowerSavingBack } from './put-back.ts';
import { passwordsOf } from './redactor-of.ts';
import { reportError } from './report-error.ts';

interface Parts {
  readonly board: Board;
  readonly saves: Saves;
  readonly rig: RigFile;
  readonly trace: TraceSink;
  readonly emit: Emit;
  /** The run's folder, the clauses whose deviations are known, and the switches that have to be proven. */
  readonly context: Pick<RunContext, 'runFolder' | 'waived' | 'switches'>;
  /** What the module has saved to reach the rig's own platform; undefined without a platform. */
  readonly server: ServerAddress | undefined;
  readonly signal: AbortSignal;
  readonly clock: Clock;
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
  readonly contacts: SavedContacts;
  readonly lastSnapshot: LastSnapshot;
  readonly silences: Silences;
  readonly fitness: Fitness;
  /** Gives commands that no test gives, such as the restore's; a silence is judged as in a test. */
  sender(signal: AbortSignal): Sender;
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
  server,
  signal,
  clock,
}: Parts): Promise<FoundModule> {
  const wiring = watchWiring(board.control, (part) => emit({ type: 'wiring', part, state: 'works' }));
  const { control } = wiring;
  if (!control.capabilities.reset) emit({ type: 'wiring', part: 'reset', state: 'absent' });
  const { port } = saves;
  const book = keepTruths(control);
  const powerSaving: PowerSavingFound = new Map();
  const readings = watchReadings(trace);
  const keys = watchKeys(readings.trace, passwordsOf(rig));
  const bench = openBench({
    rig,
    board: { port, control },
    trace: keys.trace,
    shown: maskPrivateKey,
    powerSaving,
    say: (text) => emit({ type: 'waiting', text }),
    clock,
    disturbanceOf:
      board.disturbanceOf ??
      (control.capabilities.truth
        ? (command, endedAt, startedAt) => book.disturbanceOf(command, endedAt, startedAt)
        : undefined),
  });
  const { at } = bench;
  wiring.listen(at);
  const watch = watchLine(at, emit, { keys, readings });

  const started = await start(bench, signal);
  const { identity } = started;
  guardIdentity(identity, rig.module);
  emit({ type: 'identity', ...identity });
  emit({ type: 'start', ...bootFacts({ ...started, kind: started.running ? 'running' : 'start' }, bench) });
  const wear = openWear(rig, identity.imei, emit);
  wear.add(powerSaving.size);
  at.onExchange((exchange) => wear.add(factsOf(exchange).nvramWrite ? 1 : 0));
  const { runFolder, waived, switches } = context;
  const module = createModule(bench, started);
  const silences = createSilences({ emit, wiring, fault: watch.add });
  const contacts = contactsToCome();
  const lastSnapshot = createLastSnapshot();
  const fitness = createFitness({
    bench,
    identity,
    emit,
    contacts,
    silences,
    wiring,
    restarted: () => lastSnapshot.invalidate(),
  });
  const sender = (until: AbortSignal): Sender =>
    patientSender(silences.followedOn(lineOf(module.until(until), at, until)), fitness, silences, until);
  const asFound: Sender & Pick<Module, 'identity'> = { identity, ...sender(signal) };
  try {
    const unproven = await proveSwitches(bench, started, switches, signal);
    for (const error of unproven.values()) reportError(emit, error);
    const state = await readModuleState({
      module: asFound,
      rig,
      runFolder,
      powerSaving,
      waived,
      emit,
      silences,
    });
    if (!isEmulated(rig)) contacts.begin(followContacts(contactIn(state.snapshot), server));
    return {
      ...{ bench, module, state, powerSaving, watch, wear, book, unproven },
      ...{ contacts, lastSnapshot, silences, fitness, sender },
    };
  } catch (error) {
    if (!silences.dead) await putPowerSavingBack(module.until(signal), powerSaving, emit);
    throw error;
  }
}

const lineOf = (view: Module, at: Bench['at'], signal: AbortSignal): Line => ({
  at: (command, options) => view.at(command, options),
  transmit: (bytes, until) => at.transmit(bytes, { ...until, signal }),
});

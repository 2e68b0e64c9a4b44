import {
  type Dialogue,
  type Judge,
  property,
  readInUse,
  readRecord,
  savedRecords,
  takeSnapshot,
} from '../harness/jest/suite.ts';
import { continuedPlan } from './exploration/continued-plan.ts';
import type { KnownState } from './exploration/known-state.ts';
import { askedAfterIdle, writtenAnywhere } from './exploration/neighbours.ts';
import { judgeQuery, judgeRead, judgeReboot, judgeWrite } from './exploration/reference-model.ts';
import {
  everyErase,
  type Idle,
  sequence,
  sequenceWithReboot,
  type Step,
  stepCommand,
} from './exploration/steps.ts';
import {
  clauseOfErasing,
  clauseOfReading,
  clausesOfSaving,
  throughReadBackOf,
} from './records/record-clauses.ts';

const efforts = {
  nightly: {
    sequences: {
      runs: 20,
      exploring: 28,
      starting: 15,
      shortening: 15,
      withinMs: 150_000,
      shorteningMs: 15_000,
    },
    reboots: {
      runs: 1,
      exploring: 8,
      starting: 12,
      shortening: 0,
      reboots: 1,
      withinMs: 120_000,
      shorteningMs: 15_000,
    },
  },
  release: {
    sequences: {
      runs: 75,
      exploring: 300,
      starting: 60,
      shortening: 40,
      withinMs: 400_000,
      shorteningMs: 40_000,
    },
    reboots: {
      runs: 3,
      exploring: 20,
      starting: 20,
      shortening: 10,
      reboots: 4,
      withinMs: 360_000,
      shorteningMs: 40_000,
    },
  },
};

const effortOf = (profile: string) => efforts[profile === 'release' ? 'release' : 'nightly'];

/** Does one step and lets the model judge it; returns what is known afterwards. */
async function take(step: Step, known: KnownState, dialogue: Dialogue, judge: Judge): Promise<KnownState> {
  if (step.do === 'reboot') {
    await dialogue.reboot();
    return judgeReboot(known, await takeSnapshot(dialogue.aside), judge);
  }
  const before = step.after === undefined ? known : await sendIdle(step.after, known, dialogue, judge);
  if (step.do === 'query') judgeQuery(before, step.record, await readRecord(dialogue, step.record), judge);
  if (step.do === 'read') judgeRead(before, await readInUse(dialogue), judge);
  if (step.do === 'query' || step.do === 'read') return before;
  const exchange = await dialogue.at(stepCommand(step));
  const accepted = exchange.final.kind === 'OK';
  return judgeWrite(before, step, { accepted, shown: await takeSnapshot(dialogue.aside), exchange }, judge);
}

/** Sends a command that is to change nothing. A firmware that carries out one it should refuse is judged elsewhere. */
async function sendIdle(
  { command, refused }: Idle,
  known: KnownState,
  dialogue: Dialogue,
  judge: Judge,
): Promise<KnownState> {
  const exchange = await dialogue.at(command);
  if (!refused || exchange.final.kind !== 'OK') return known;
  const written = { accepted: true, shown: await takeSnapshot(dialogue.aside), exchange };
  return judgeWrite(known, { do: 'refused', command }, written, judge);
}

/** Whether a reboot is allowed: the module contacts nobody, or an address that no host has (RFC 5737). */
const harmless = ({ contents }: KnownState): boolean => {
  const server = contents.get('QDMPCFG 1');
  return (
    String(contents.get('QDMPCFG 0')) === '0' ||
    (server !== 'erased' && server?.[0]?.startsWith('192.0.2.') === true)
  );
};

/** Plays a sequence; returns what is known afterwards. */
async function play(
  steps: readonly Step[],
  from: KnownState,
  dialogue: Dialogue,
  judge: Judge,
): Promise<KnownState> {
  let known = from;
  for (const step of steps) {
    if (step.do === 'reboot' && !harmless(known)) break;
    known = await take(step, known, dialogue, judge);
  }
  const exchange = await dialogue.at('AT');
  const { kind, text } = exchange.final;
  judge('ERR-ALIVE', kind === 'OK', () => ({ what: 'the answer to AT', expected: 'OK', got: text }), [
    exchange,
  ]);
  return known;
}

const explored = property({ name: 'sequences', deadlineMs: 480_000 }, ({ run }) =>
  continuedPlan(
    { inputs: sequence(6), examples: [...askedAfterIdle, ...everyErase(run.seed)] },
    effortOf(run.profile).sequences,
    play,
  ),
);

const isolations = [
  ['CFG-SAVE-ISOLATED', 'a save of AT+QDMPCFG leaves its other records'],
  ['CFG-ERASE-ISOLATED', 'an erase of AT+QDMPCFG leaves its other records'],
  ['EX-SAVE-ISOLATED', 'a save of AT+QDMPCFGEX leaves its other records'],
  ['EX-ERASE-ISOLATED', 'an erase of AT+QDMPCFGEX leaves its other records'],
  ['CROSS-ISOLATED', "neither command touches the other's records"],
  ['CFG-READ-ACTIVE', 'a save leaves the values in use'],
  ['CFG-ERASE-APPLY', 'an erase leaves the values in use'],
  ['ERR-ATOMIC', 'a refused command leaves everything'],
] as const;

const neighboured = property({ name: 'neighbours', profile: 'release', deadlineMs: 1_000_000 }, ({ run }) => {
  const examples = writtenAnywhere(run.seed);
  const limits = { runs: examples.length, exploring: 440, starting: 40, shortening: 0, reboots: 1 };
  return continuedPlan(
    { inputs: sequence(1), examples },
    { ...limits, withinMs: 900_000, shorteningMs: 40_000 },
    play,
  );
});

for (const [searched, whatever, clausesOfShowing] of [
  // Not every record is saved in each run.
  [explored, 'whatever came before', clauseOfReading],
  [neighboured, 'directly after another command, and many times in a row', clausesOfSaving],
] as const) {
  for (const record of savedRecords) {
    const { name } = record;
    const through = throughReadBackOf(record);
    searched.clause(clausesOfShowing(record), `${whatever}, ${name} shows what was saved last`, through);
    searched.clause(clauseOfErasing(record), `${whatever}, an erased ${name} shows nothing saved`, through);
  }
  searched.clause('CFG-ERASE-4', `${whatever}, erasing all leaves nothing saved`);
  for (const [id, what] of isolations) searched.clause(id, `${whatever}, ${what}`);
}
explored.clause('ERR-ALIVE', 'AT is answered after whatever sequence');
explored.clause('AT-ONE-FINAL', 'every command of a sequence is answered');
neighboured.clause('ERR-ALIVE', 'AT is answered after many commands in a row');
neighboured.clause('AT-ONE-FINAL', 'each of many commands in a row is answered');
neighboured.clause('CFG-PERSIST', 'what AT+QDMPCFG saved survives the reboot before many commands in a row');
neighboured.clause('EX-PERSIST', 'what AT+QDMPCFGEX saved survives the reboot before many commands in a row');
neighboured.clause('CFG-APPLY', 'what was saved is in use after the reboot before many commands in a row');

const rebooted = property({ name: 'sequences-with-a-reboot', deadlineMs: 440_000 }, ({ run }) =>
  continuedPlan({ inputs: sequenceWithReboot(2) }, effortOf(run.profile).reboots, play),
);

rebooted.clause('CFG-PERSIST', 'after whatever sequence, what AT+QDMPCFG saved survives a reboot');
rebooted.clause('EX-PERSIST', 'after whatever sequence, what AT+QDMPCFGEX saved survives a reboot');
rebooted.clause('CFG-APPLY', 'after whatever sequence, what was saved is in use after a reboot');
rebooted.clause(
  'CFG-ERASE-APPLY',
  'after whatever sequence, an erase changes the values in use by a reboot, and not before',
);
rebooted.clause('ERR-ALIVE', 'AT is answered after a sequence with a reboot');
rebooted.clause('AT-ONE-FINAL', 'every command of a sequence with a reboot is answered');

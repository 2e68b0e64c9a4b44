import { countNoun, duration } from '../text/format.ts';
import { bad, exitCodeOf, type Proof, type ProofCell } from './proof.ts';
import { proveCommand } from './prove-command.ts';
import { sampleLines } from './sample-text.ts';
import { idleOf, settlingCommand, unsettledClauses } from './unsettled.ts';

const titles = {
  survived: 'Survivors: faults that no clause failed',
  'blamed-wrongly': 'Blamed wrongly: faults by which only other clauses failed than those they break',
  failed: 'Controls that failed: sound firmware',
  undecided: 'Undecided',
} as const;

/** What the exit codes of a proof mean. */
export const proofEnds = {
  0: 'every fault was caught by a clause it breaks, and every control passed',
  1: 'a fault was not caught, a control failed, or a failure does not say what was expected and what came',
  4: 'something stayed undecided',
} as const;

/** A proof for people: what is wrong first, then the figures. */
export function proofText(proof: Proof): string {
  const { cells, planned, durationMs } = proof;
  const faults = cells.filter(({ kind }) => kind === 'fault');
  const controls = cells.filter(({ kind }) => kind === 'control');
  const caught = faults.filter(({ outcome }) => outcome === 'caught').length;
  const passed = controls.filter(({ outcome }) => outcome === 'passed').length;
  const exitCode = exitCodeOf(proof);
  const sections = Object.entries(titles).flatMap(([outcome, title]) =>
    section(
      title,
      cells.filter((cell) => cell.outcome === outcome),
      proof,
    ),
  );
  const unclear = cells.flatMap((cell) => (cell.unclear ?? []).map((test) => `  ${cell.name}: ${test}`));
  const left = planned - cells.length;
  return [
    ...sections,
    ...(unclear.length > 0
      ? ['Failures that do not say what was expected and what came', ...unclear, '']
      : []),
    `Profile ${proof.profile}, seed ${proof.seed}, commit ${proof.commit ?? 'unknown'}, Node ${proof.node}`,
    ...(proof.shard ? [`Part ${proof.shard[0]} of ${proof.shard[1]}`] : []),
    `${caught} of ${countNoun(faults.length, 'fault')} caught by a clause that it breaks`,
    ...releaseLine(faults, proof.profile),
    ...causeLine(faults),
    ...(controls.length > 0 ? [`${passed} of ${countNoun(controls.length, 'control')} passed`] : []),
    ...(left > 0 ? [`${countNoun(left, 'firmware')} not judged: go on with --resume`] : []),
    ...(proof.sample === null ? [] : sampleLines(proof.sample)),
    ...idleLines(proof),
    ...matrixLines(proof),
    `Took ${duration(durationMs)}, ${proof.perMinute.toFixed(1)} firmwares a minute`,
    '',
    `Exit code ${exitCode}: ${proofEnds[exitCode]}`,
    '',
  ].join('\n');
}

/** How many faults the asked profile's tests of the broken clauses did not show. */
function releaseLine(faults: readonly ProofCell[], asked: string): string[] {
  const more = faults.filter(({ outcome, profile }) => outcome === 'caught' && profile !== asked);
  return more.length === 0
    ? []
    : [`${more.length} of them in a release run: in ${asked} the clauses they break did not show them`];
}

/** How often the first cause that a run names is the fault; none in proofs that do not know it. */
function causeLine(faults: readonly ProofCell[]): string[] {
  const caught = faults.filter(({ outcome }) => outcome === 'caught');
  if (!caught.some(({ cause }) => cause)) return [];
  const named = caught.filter(({ cause }) => cause?.named).length;
  return [`${named} of ${caught.length} named in the first cause of the run that caught them`];
}

function idleLines(proof: Proof): string[] {
  const idle = idleOf(proof);
  const unsettled = proof.idle === null ? new Map<string, readonly string[]>() : unsettledClauses(proof);
  return [
    ...(idle.length > 0
      ? [`${countNoun(idle.length, 'clause')} that no fault failed: ${idle.join(', ')}`]
      : []),
    ...(unsettled.size > 0
      ? [
          `${countNoun(unsettled.size, 'clause')} that no fault failed, but the runs of those that break them ended before all tests had run: ${[...unsettled.keys()].join(', ')}`,
          `    to run them all: ${settlingCommand([...unsettled.values()].flat(), proof)}`,
        ]
      : []),
  ];
}

function matrixLines({ matrix }: Proof): string[] {
  if (matrix === null) return [];
  const { tests, thinIce } = matrix;
  const idle = tests.filter(({ caughtFirst }) => caughtFirst === 0);
  return [
    `${tests.length - idle.length} of ${countNoun(tests.length, 'test')} caught a fault first; the others are in prove.txt`,
    ...(thinIce !== null && thinIce.length > 0
      ? [`${countNoun(thinIce.length, 'fault')} that one test alone catches: ${thinIce.join(', ')}`]
      : []),
  ];
}

type Asked = Pick<Proof, 'profile' | 'seed'>;

function section(title: string, cells: readonly ProofCell[], asked: Asked): string[] {
  if (cells.length === 0) return [];
  return [title, ...cells.flatMap((cell) => cellLines(cell, asked)), ''];
}

function cellLines(
  { kind, name, describe, breaks, failed, outcome, why }: ProofCell,
  asked: Asked,
): string[] {
  return [
    `  ${name}: ${describe}`,
    ...(breaks.length > 0 ? [`    breaks ${breaks.join(', ')}`] : []),
    ...(failed.length > 0 ? [`    failed ${failed.join(', ')}`] : []),
    ...(why !== undefined ? [`    ${why}`] : []),
    ...(bad.has(outcome) || outcome === 'undecided' ? [`    its run: runs/${name}`] : []),
    ...(kind === 'fault' ? [`    again: ${proveCommand([name], asked)}`] : []),
  ];
}

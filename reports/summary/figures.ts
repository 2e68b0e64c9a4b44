import type { RecordedTiming, RunRecord } from '../record/record.ts';
import { countNoun, duration, indentedLines, type Ink } from '../text/format.ts';

/** `other`: refused commands and test forms, of which no percentile is judged. */
const kindNames: Record<RecordedTiming['kind'], string> = {
  read: 'read',
  write: 'write',
  other: 'refused or test form',
};

function timingLine({ command, kind, n, over, inconclusive, ...said }: RecordedTiming): string {
  const named = said.undecided ? ` (${said.undecided.join('; ')})` : '';
  const undecided = inconclusive > 0 ? `, ${inconclusive} too close to the limit to judge${named}` : '';
  const few = said.missing > 0 ? `; ${said.missing} more needed to judge ${share(said.asked)}` : '';
  const claim = said.supports ? `: at least ${share(said.supports)} are in time (95 % confidence)` : '';
  const verdict = said.verdict ?? (said.unselected ? 'clause not selected' : 'recorded only');
  return `${command} ${kindNames[kind]}: ${verdict}, ${countNoun(n, 'answer')}, ${over} too slow${undecided}${few}${claim}`;
}

/** `99 % of answers` for `p99`. */
const share = (percentile: string): string => `${percentile.slice(1)} % of answers`;

/** Explains undecided answers close to the limit behind an adapter that delays bytes. */
function adapterLine({ timing }: RunRecord): string[] {
  const ms = Math.max(0, ...timing.map(({ adapterMs = 0 }) => adapterMs));
  if (ms === 0) return [];
  return [
    `the serial adapter may delay an answer by ${ms} ms, which is taken into account (rigs/README.md, "The port")`,
  ];
}

const block = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, ...indentedLines(lines.join('\n'), 2)];

/** How the answers compare with their limit, and which commands were the slowest. */
export function timingLines(record: RunRecord): string[] {
  const lines = [...record.timing.map(timingLine), ...adapterLine(record)];
  const slowest = Object.entries(record.latency)
    .sort(([, a], [, b]) => b.max - a.max)
    .slice(0, 3)
    .map(([form, { n, p50, p99, max }]) => {
      const figures = `median ${duration(p50)}, 99 % within ${duration(p99)}, longest ${duration(max)}`;
      return `${form}: ${figures}, ${countNoun(n, 'answer')}`;
    });
  return [
    ...block("Answer times compared with the application note's limit", lines),
    ...block('Slowest commands', slowest),
  ];
}

/** The delay that the harness adds to an exchange, if it was measured. */
export function ownShareLines({ ownShare: own }: RunRecord): string[] {
  if (!own) return [];
  if (!own.measurable) return [`Delay added by the harness: cannot be measured: ${own.reason}`];
  const { medianMs, bareMedianMs, ratio, exchanges } = own;
  const plainPort = `${ratio.toFixed(2)} times the ${duration(bareMedianMs)} of a plain serial port`;
  return [
    `Delay added by the harness: ${duration(medianMs)} per command, ${plainPort} (medians of ${exchanges} commands)`,
  ];
}

/** What the run used up, compared with what it may use. */
export function costLines(
  { counters, budget, budgetSpent, durationMs, observations }: RunRecord,
  ink: Ink,
): string[] {
  const { exchanges, reboots, nvramWrites, bytesIn, bytesOut } = counters;
  const goal = budget.reboots === null ? '' : ` (${budget.reboots} planned)`;
  return [
    ...(durationMs === null ? [] : [`Took ${duration(durationMs)}`]),
    `${countNoun(nvramWrites, 'NVRAM write')} (${budget.nvramWrites} allowed), ${countNoun(reboots, 'reboot')}${goal}`,
    ...(budgetSpent
      ? [ink.unsure('The allowed NVRAM writes were used up: the remaining tests that write were not run')]
      : []),
    `${countNoun(exchanges, 'exchange')} (a command and its answer): ${bytesOut} bytes sent, ${bytesIn} received`,
    `${countNoun(Object.keys(observations).length, 'observation')} (behaviour that the note leaves open) in run.json`,
  ];
}

/** How far the NVRAM of a real module is worn, as far as runs on this machine counted. */
export function wearLines({ wear: known, counters }: RunRecord, ink: Ink): string[] {
  if (!known) return [];
  const { endurance, warnAt } = known;
  const writes = known.writesBefore + counters.nvramWrites;
  const used = writes / endurance;
  const lines = [
    `NVRAM wear: ${writes} writes by runs on this machine, ${(used * 100).toFixed(1)} % of ${endurance}`,
    '  (an assumed endurance, module.wear in the rig file: no vendor figure is known)',
  ];
  if (used < warnAt) return lines;
  return [...lines, `  above the ${warnAt * 100} % at which the rig file asks for a warning`].map(ink.unsure);
}

import type { RecordedTiming, RunRecord } from '../record/record.ts';
import { count, duration, indented, type Ink } from '../text/format.ts';

/** The figures of the summary: times, cost, wear. Each is a block of lines; empty where there is nothing to say. */

/** `other`: refused commands and test forms, of which the note states no time. */
const kinds: Record<RecordedTiming['kind'], string> = {
  read: 'read',
  write: 'write',
  other: 'refused or test form',
};

function timingLine({ command, kind, n, over, inconclusive, ...said }: RecordedTiming): string {
  const undecided = inconclusive > 0 ? `, ${inconclusive} too near the limit to tell` : '';
  const few = said.missing > 0 ? `; ${said.missing} more needed to state ${said.asked}` : '';
  const claim = said.supports ? `; enough to state ${said.supports}` : '';
  const verdict = said.unselected ? 'not judged' : (said.verdict ?? 'no verdict');
  return `${command} ${kinds[kind]}: ${verdict}, ${count(n, 'answer')}, ${over} too slow${undecided}${few}${claim}`;
}

/** Why answers near the limit are left undecided behind such an adapter, and what mends it. */
function adapterLine({ timing }: RunRecord): string[] {
  const ms = Math.max(0, ...timing.map(({ adapterMs = 0 }) => adapterMs));
  if (ms === 0) return [];
  return [
    `the adapter may keep an answer back for ${ms} ms, which is allowed for (rigs/README.md, "The port")`,
  ];
}

const block = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, ...indented(lines.join('\n'), 2)];

/** How the answers stood against their limit, and which were the slowest. */
export function timing(record: RunRecord): string[] {
  const lines = [...record.timing.map(timingLine), ...adapterLine(record)];
  const slowest = Object.entries(record.latency)
    .sort(([, a], [, b]) => b.max - a.max)
    .slice(0, 3)
    .map(([form, { n, p50, p99, max }]) => {
      const figures = `median ${duration(p50)}, p99 ${duration(p99)}, longest ${duration(max)}`;
      return `${form}: ${figures}, ${count(n, 'answer')}`;
    });
  return [
    ...block('Answer times against the limit of the note (percentiles with 95 % confidence)', lines),
    ...block('Slowest commands', slowest),
  ];
}

/** The harness's own share of an exchange, where it can be measured. */
export function ownShare({ ownShare: own }: RunRecord): string[] {
  if (!own) return [];
  if (!own.measurable) return [`Harness's own share of an exchange: not measurable: ${own.reason}`];
  const { medianMs, bareMedianMs, ratio, exchanges } = own;
  const bare = `${ratio.toFixed(2)} × a bare write and read of the port (${duration(bareMedianMs)})`;
  return [`Harness's own share of an exchange: median ${duration(medianMs)} of ${exchanges}, ${bare}`];
}

/** What the run cost, against what it might. */
export function spent(
  { counters, budget, budgetSpent, durationMs, observations }: RunRecord,
  ink: Ink,
): string[] {
  const { exchanges, reboots, nvramWrites, bytesIn, bytesOut } = counters;
  const goal = budget.reboots === null ? '' : ` (${budget.reboots} planned)`;
  return [
    ...(durationMs === null ? [] : [`Took ${duration(durationMs)}`]),
    `${count(nvramWrites, 'NVRAM write')} (${budget.nvramWrites} allowed), ${count(reboots, 'reboot')}${goal}`,
    ...(budgetSpent
      ? [ink.unsure('All NVRAM writes allowed were made: tests left that write were not run')]
      : []),
    `${count(exchanges, 'exchange')}: ${bytesOut} bytes sent, ${bytesIn} received`,
    `${count(Object.keys(observations).length, 'observation')} in run.json`,
  ];
}

/** How far the module's NVRAM is used up, as far as this machine's runs know. */
export function wear({ wear: known, counters }: RunRecord, ink: Ink): string[] {
  if (!known) return [];
  const { endurance, warnAt } = known;
  const writes = known.writesBefore + counters.nvramWrites;
  const share = writes / endurance;
  const lines = [
    `NVRAM wear: ${writes} writes by runs of this machine, ${(share * 100).toFixed(1)} % of ${endurance}`,
    '  (an assumed endurance, module.wear of the rig file: no vendor figure is known)',
  ];
  if (share < warnAt) return lines;
  return [...lines, `  above the ${warnAt * 100} % at which the rig file wants a warning`].map(ink.unsure);
}

import type { RecordedTiming, RunRecord } from './record.ts';
import { count, duration, indented } from './text.ts';
import type { Ink } from './text.ts';

/** The figures of the summary: times, cost, wear. Each is a block of lines; empty where there is nothing to say. */

function timingLine({ command, kind, n, over, inconclusive, ...said }: RecordedTiming): string {
  const undecided = inconclusive > 0 ? `, ${inconclusive} within our own error` : '';
  const few = said.missing > 0 ? `; ${said.missing} missing for ${said.asked} at 95 % confidence` : '';
  const claim = said.supports ? `; all in time supports ${said.supports} at 95 % confidence` : '';
  const verdict = said.verdict ?? 'no statement';
  return `${command} ${kind}: ${verdict}, ${count(n, 'answer')}, ${over} too slow${undecided}${few}${claim}`;
}

/** How the answers stood against their limit, and which were the slowest. */
export function timing(record: RunRecord): string[] {
  const lines = record.timing.map(timingLine);
  const slowest = Object.entries(record.latency)
    .sort(([, a], [, b]) => b.max - a.max)
    .slice(0, 3)
    .map(([form, { n, p50, p99, max }]) => {
      const figures = `p50 ${duration(p50)}, p99 ${duration(p99)}, max ${duration(max)} (n = ${n})`;
      return `slowest: ${form}: ${figures}`;
    });
  return lines.length + slowest.length === 0
    ? []
    : ['Answer times', ...indented([...lines, ...slowest].join('\n'), 2)];
}

/** The harness's own share of an exchange, where it can be measured. */
export function ownShare({ ownShare: own }: RunRecord): string[] {
  if (!own) return [];
  if (!own.measurable) return [`Own share of an exchange: not measurable: ${own.reason}`];
  const { medianMs, bareMedianMs, ratio, exchanges } = own;
  const bare = `${ratio.toFixed(2)} × a bare read and write (${duration(bareMedianMs)})`;
  return [`Own share of an exchange: median ${duration(medianMs)}, ${bare}, n = ${exchanges}`];
}

/** What the run cost, against what it might. */
export function spent(
  { counters, budget, budgetSpent, durationMs, observations }: RunRecord,
  ink: Ink,
): string[] {
  const { exchanges, reboots, nvramWrites, bytesIn, bytesOut } = counters;
  const goal = budget.reboots === null ? '' : ` of ${budget.reboots} meant`;
  return [
    ...(durationMs === null ? [] : [`Took ${duration(durationMs)}`]),
    `${count(nvramWrites, 'NVRAM write')} of ${budget.nvramWrites} allowed, ${count(reboots, 'reboot')}${goal}`,
    ...(budgetSpent ? [ink.unsure('The NVRAM writes were spent: tests that write were not run')] : []),
    `${count(exchanges, 'exchange')}, ${bytesOut} bytes out, ${bytesIn} in, ` +
      count(Object.keys(observations).length, 'observation'),
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

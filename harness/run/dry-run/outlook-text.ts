import type { Budget } from '../../../reports/record/entry.ts';
import { countNoun, duration, indentedLines } from '../../../reports/text/format.ts';
import type { Profile } from '../../jest/host/profile.ts';
import type { PartEstimate } from '../estimate/estimate.ts';
import type { Plan } from '../qualify/plan.ts';

/** What a dry run has found out. */
export interface Outlook {
  readonly rig: { readonly name: string };
  readonly profile: Profile;
  readonly plan: Pick<Plan, 'clauses' | 'tests' | 'also'>;
  readonly parts: readonly PartEstimate[];
  /** Why a test would not be run, by its name. */
  readonly left: ReadonlyMap<string, string>;
  /** How many earlier runs of the rig tell the times. */
  readonly earlier: number;
  readonly budget: Budget;
}

/** A dry run for people: whole lines. */
export function outlookText({ rig, profile, plan, parts, left, earlier, budget }: Outlook): string {
  const all = totalOf(parts);
  const lines = [
    `${rig.name}: profile ${profile}, dry run: nothing was sent to the board`,
    ...plan.also,
    '',
    ...tableLines([...parts, all]),
    '',
    timesLine(plan, earlier),
    `NVRAM writes: about ${all.nvramWrites}, ${budget.nvramWrites} allowed`,
    '',
    ...leftLines(plan, left),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function timesLine({ clauses }: Outlook['plan'], earlier: number): string {
  const whose =
    earlier > 0
      ? `${countNoun(earlier, 'earlier run')} of this rig`
      : 'runs elsewhere (harness/README.md, "Dry run"), since this rig has had none';
  const isPart = clauses.some(({ unselected }) => unselected);
  return `times are those of ${whose}${isPart ? '; rough, since --clause selects parts of chapters' : ''}`;
}

function totalOf(parts: readonly PartEstimate[]): PartEstimate {
  const sum = (of: (part: PartEstimate) => number): number =>
    parts.reduce((total, part) => total + of(part), 0);
  return {
    part: 'in all',
    tests: sum(({ tests }) => tests),
    ms: sum(({ ms }) => ms),
    networkMs: sum(({ networkMs }) => networkMs),
    nvramWrites: sum(({ nvramWrites }) => nvramWrites),
    reboots: sum(({ reboots }) => reboots),
  };
}

const heads = ['', 'tests', 'time', 'of it network', 'NVRAM writes', 'reboots'] as const;

/** A network wait of less is none. */
const LEAST_MS = 50;

function tableLines(parts: readonly PartEstimate[]): string[] {
  const number = (n: number): string => (n === 0 ? '' : String(n));
  const rows = parts.map(({ part, tests, ms, networkMs, nvramWrites, reboots }) => [
    part,
    number(tests),
    duration(ms),
    networkMs < LEAST_MS ? '' : duration(networkMs),
    number(nvramWrites),
    number(reboots),
  ]);
  const all = [[...heads], ...rows];
  const widths = heads.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** What would not be run: tests by reason, and the clauses that no test would judge. */
function leftLines({ tests, clauses }: Outlook['plan'], left: Outlook['left']): string[] {
  const byReason = new Map<string, number>();
  for (const reason of left.values()) byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
  if (byReason.size === 0) return ['every test would be run'];
  const judged = new Set(tests.filter(({ name }) => !left.has(name)).flatMap((test) => test.clauses));
  const unjudged = clauses.filter(({ id, unselected }) => !unselected && !judged.has(id)).map(({ id }) => id);
  return [
    'would not be run',
    ...[...byReason].map(([reason, n]) => `  ${countNoun(n, 'test')}: ${reason}`),
    unjudged.length === 0
      ? 'each clause that is asked for has a test that would be run'
      : indentedLines(`no test would judge ${unjudged.join(', ')}`, 0).join('\n'),
  ];
}

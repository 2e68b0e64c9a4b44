import {
  type Candidate,
  candidatesOf,
  type CauseKind,
  isErrorCode,
  keyOf,
  speaksAgainst,
} from './candidates.ts';
import { mayFollowFrom, wrongRecords } from './consequence.ts';
import type { JudgedTest, ShownExchange } from './failure-facts.ts';

/** What explains some failures of a run. */
export interface Cause {
  readonly kind: CauseKind;
  readonly subject: string;
  /** The clauses it breaks, the most telling first; at most three. */
  readonly clauses: readonly string[];
  /** Names of the failed tests that it explains and no cause before it does. */
  readonly tests: readonly string[];
  /** How many failed tests there are. */
  readonly of: number;
  /** How many tests used the same without harm. */
  readonly against: number;
  /** The test that showed it first. */
  readonly first: { readonly test: string; readonly line: number };
  /** Commands that show it, in their order. */
  readonly commands: readonly string[];
}

/** A candidate with the failed tests that have it, and how many tests speak against it. */
interface Weighed {
  readonly candidate: Candidate;
  readonly tests: readonly JudgedTest[];
  readonly against: number;
}

const MOST_CLAUSES = 3;
const MOST_COMMANDS = 4;

function weigh(failed: readonly JudgedTest[], all: readonly JudgedTest[]): readonly Weighed[] {
  const byKey = new Map<string, { candidate: Candidate; tests: JudgedTest[] }>();
  for (const test of failed) {
    for (const candidate of candidatesOf(test)) {
      const entry = byKey.get(keyOf(candidate)) ?? { candidate, tests: [] };
      entry.tests.push(test);
      byKey.set(keyOf(candidate), entry);
    }
  }
  return [...byKey.values()].map(({ candidate, tests }) => {
    const { clause } = candidate;
    const isJudged = clause !== undefined && tests.some(({ clauses }) => clauses.includes(clause));
    const against = all.filter((test) => speaksAgainst(test, candidate, isJudged)).length;
    return { candidate, tests, against };
  });
}

/** How much a candidate explains of what is left: what spoke against it makes it explain less, twice over. */
function scoreOf({ candidate: { kind }, tests, against }: Weighed, left: ReadonlySet<JudgedTest>): number {
  const purity = tests.length / (tests.length + against);
  // What did no harm more often than not explains nothing; a clause is broken however often it held.
  if (purity < 0.5 && kind !== 'breaks') return 0;
  return tests.filter((test) => left.has(test)).length * purity ** 2;
}

/** Of candidates that explain as much, the one that says most; one with a clause that speaks of it before others. */
const telling: readonly CauseKind[] = ['refuses', 'accepts', 'breaks', 'goes wrong with', 'shows wrongly'];

const rank = ({ candidate: { kind, clause } }: Weighed): number =>
  telling.indexOf(kind) + (clause === undefined ? telling.length : 0);

function best(weighed: readonly Weighed[], left: ReadonlySet<JudgedTest>): Weighed | undefined {
  return weighed
    .map((each) => ({ each, score: scoreOf(each, left) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || rank(a.each) - rank(b.each))[0]?.each;
}

/** A cause with the tests that showed it. */
interface Named {
  readonly cause: Cause;
  readonly shownBy: readonly JudgedTest[];
}

/** Whether a failed test may well have failed by a cause, though its failure is about something else. */
function mayFollow(test: JudgedTest, { cause: { kind, subject, clauses }, shownBy }: Named): boolean {
  const [named] = clauses;
  if (mayFollowFrom(test, shownBy.flatMap(wrongRecords))) return true;
  if (kind === 'refuses' && test.used.refused.has(subject)) return true;
  if (kind === 'accepts' && test.used.ok.has(subject)) return true;
  return named !== undefined && test.clauses.includes(named);
}

/** The clauses of a cause: the one that speaks of it, then those that failed with it, the least passed ones first. */
function clausesOf({ candidate, tests }: Weighed, all: readonly JudgedTest[]): readonly string[] {
  const own = candidate.clause === undefined ? [] : [candidate.clause];
  const ids = [...new Set(tests.flatMap((test) => test.clauses))];
  const judging = (id: string, among: readonly JudgedTest[]): number =>
    among.filter((test) => test.clauses.includes(id)).length;
  const passed = all.filter(({ verdict }) => verdict === 'pass');
  const weights = new Map(
    ids.map((id) => {
      const failed = judging(id, tests);
      return [id, failed * (failed / (failed + judging(id, passed))) ** 2];
    }),
  );
  const ranked = ids.toSorted((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0));
  return [...new Set([...own, ...ranked])].slice(0, MOST_CLAUSES);
}

/** The commands that show a candidate: those with its subject if there is one, else all. */
function commandsOf({ subject }: Candidate, shown: readonly ShownExchange[]): readonly string[] {
  const own = shown.find(({ form, uses }) => form === subject || uses.some(({ what }) => what === subject));
  return [...new Set((own ? [own] : shown).map(({ command }) => command))].slice(0, MOST_COMMANDS);
}

function causeOf(
  found: Weighed,
  tests: readonly JudgedTest[],
  all: readonly JudgedTest[],
  of: number,
): Cause {
  const { candidate, against } = found;
  const [first] = tests as readonly [JudgedTest];
  return {
    kind: candidate.kind,
    subject: candidate.subject,
    clauses: clausesOf(found, all),
    tests: tests.map(({ name }) => name),
    of,
    against,
    first: { test: first.name, line: first.line },
    commands: commandsOf(candidate, first.failure?.shown ?? []),
  };
}

/**
 * Groups the failures of a run by what explains them. A greedy cover: again and again the candidate that explains most of
 * what is left, until nothing is left. The passes count against a candidate, and failures that follow from a cause
 * already named need no other one.
 * @param all every test that was judged, in the order they were run
 * @returns the most telling first; those that only say how tests ended, by an error's code, come last
 */
export function findCauses(all: readonly JudgedTest[]): readonly Cause[] {
  const failed = all.filter(({ verdict }) => verdict === 'fail');
  const weighed = weigh(failed, all);
  const left = new Set(failed);
  const causes: Named[] = [];
  for (let found = best(weighed, left); found; found = best(weighed, left)) {
    const tests = found.tests.filter((test) => left.has(test));
    const before = (test: JudgedTest): number => causes.findIndex((named) => mayFollow(test, named));
    if (tests.every((test) => before(test) >= 0)) {
      for (const test of tests) {
        const nth = before(test);
        const { cause, shownBy } = causes[nth]!;
        causes[nth] = { cause: { ...cause, tests: [...cause.tests, test.name] }, shownBy };
      }
    } else causes.push({ cause: causeOf(found, tests, all, failed.length), shownBy: tests });
    for (const test of tests) left.delete(test);
  }
  return causes
    .map(({ cause }) => cause)
    .toSorted(
      (a, b) =>
        Number(isErrorCode(a.subject)) - Number(isErrorCode(b.subject)) || b.tests.length - a.tests.length,
    );
}

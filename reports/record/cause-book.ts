import { causeSentence } from '../causes/cause-text.ts';
import type { JudgedTest } from '../causes/failure-facts.ts';
import { findCauses } from '../causes/find-causes.ts';
import type { Entry } from './entry.ts';
import type { RecordedCause, RecordedTest } from './record.ts';

/** What the tests tried and found, for the causes of the failures. */
interface CauseBook {
  add(entry: Entry): void;
  /** @param board the options that name the board */
  causes(tests: readonly RecordedTest[], board: string): RecordedCause[];
}

interface Tried {
  readonly ok: Set<string>;
  readonly refused: Set<string>;
  failure?: JudgedTest['failure'];
  held: ReadonlySet<string>;
}

const nothing = (): Tried => ({ ok: new Set(), refused: new Set(), held: new Set() });

export function createCauseBook(): CauseBook {
  const tried = new Map<string, Tried>();
  /** Clauses that get no verdict, so that nothing is blamed on them. */
  const unselected = new Set<string>();
  let running: Tried | undefined;

  function start(name: string): Tried {
    const found = tried.get(name) ?? nothing();
    tried.set(name, found);
    return found;
  }

  return {
    add(entry) {
      if (entry.type === 'run-start')
        for (const clause of entry.clauses) if (clause.unselected) unselected.add(clause.id);
      if (entry.type === 'test-start' || entry.type === 'test-again') running = start(entry.name);
      if (entry.type === 'exchange') {
        const answered = running?.[entry.final === 'OK' ? 'ok' : 'refused'];
        for (const use of [entry.form, ...(entry.uses ?? [])]) answered?.add(use);
      }
      if (entry.type !== 'test-end') return;
      running = undefined;
      const ended = start(entry.name);
      ended.failure = entry.failure;
      ended.held = new Set(entry.held);
    },
    causes: (tests, board) =>
      findCauses(tests.map((test) => judged(test, tried.get(test.name) ?? nothing(), unselected))).map(
        (cause) => {
          const { kind, subject, clauses, against, first, commands } = cause;
          return {
            ...{ kind, subject, against, first, text: causeSentence(cause, board) },
            ...{ clauses: [...clauses], tests: [...cause.tests], commands: [...commands] },
          };
        },
      ),
  };
}

/** A known deviation is no failure of its clauses. */
function judged(
  { name, verdict, clauses, deviates = [], trace }: RecordedTest,
  facts: Tried,
  unselected: ReadonlySet<string>,
): JudgedTest {
  const { ok, refused, failure, held } = facts;
  const own = clauses.filter((id) => !deviates.includes(id) && !unselected.has(id));
  return { name, verdict, clauses: own, failure, used: { ok, refused }, held, line: trace?.[0] ?? 0 };
}

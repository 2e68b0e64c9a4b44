import { matchClauses } from './catalogue.ts';

/** Clauses that can only be judged while tests of others run. */
interface Need {
  /** Ids or globs, as in `--clause`. */
  readonly clauses: string;
  readonly needs: string;
  /** Why, as the end of a sentence. */
  readonly because: string;
}

/** What runs beside the clauses that were asked for. */
export interface Needed {
  /** The clauses asked for that need it. */
  readonly of: readonly string[];
  /** The clauses whose tests they need, without those asked for. */
  readonly ids: readonly string[];
  readonly because: string;
}

/**
 * Each clause that is judged by what the tests of other clauses make happen. Those named are few and run in every
 * profile that can judge the clause, so that a run of one clause stays short; a clause that has such tests of its own is
 * not in the list (`harness/run/qualify/needed.test.ts`).
 */
const needs: readonly Need[] = [
  {
    clauses: 'CFG-STATE,CFG-STATE-SET,STATE-ORDER,STATE-REBOOT,WIRE-ONCE',
    // One of each story (suites/stories): it runs the whole story.
    needs: 'STATE-REG-SILENT,STATE-REGISTER,STATE-REG-REFUSED,STATE-DISABLED-0,STATE-CONNECT-FAILED',
    because: 'access states are watched while the module meets the platform',
  },
  {
    clauses: 'CFG-TIME',
    needs: 'CFG-READ,CFG-QUERY-0,CFG-QUERY-1,CFG-QUERY-2',
    because: 'the time of an answer is judged of the commands that a run sends',
  },
  {
    clauses: 'EX-TIME',
    needs: 'EX-READ-0,EX-READ-1,EX-READ-2,EX-READ-3,EX-READ-4,EX-READ-5',
    because: 'the time of an answer is judged of the commands that a run sends',
  },
  {
    clauses: 'CFG-OK-ALONE',
    needs: 'CFG-SAVE-0,CFG-SAVE-1,CFG-SAVE-2,CFG-ERASE-1',
    because: 'the answers to writes are judged of all that a run saves and erases',
  },
  {
    clauses: 'EX-OK-ALONE',
    needs: 'EX-SAVE-0,EX-SAVE-1,EX-SAVE-2,EX-SAVE-3,EX-SAVE-4,EX-SAVE-5',
    because: 'the answers to writes are judged of all that a run saves and erases',
  },
  {
    clauses: 'AT-FRAME,AT-FRAME-BLANK',
    needs: 'CFG-TEST,CFG-READ,CFG-QUERY-1,EX-TEST,EX-READ-4',
    because: 'framing is judged of the answers that a run receives',
  },
  {
    clauses: 'INPUT-ALIVE',
    needs: 'CFG-READ,CFG-QUERY-1,EX-READ-4,ERR-ALIVE',
    because: 'a silence is judged of the inputs that a run gives',
  },
  {
    clauses: 'ERR-CODES',
    needs: 'CFG-PERIOD-OUTSIDE,CFG-TML-OUTSIDE',
    because: 'error codes are judged of the commands that are refused in a run',
  },
];

const idsOf = (pattern: string): readonly string[] => matchClauses(pattern).map(({ id }) => id);

/** What the clauses asked for need beside them; nothing that they hold already. */
export function neededBy(asked: ReadonlySet<string>): readonly Needed[] {
  return needs
    .map(({ clauses, needs: others, because }) => ({
      of: idsOf(clauses).filter((id) => asked.has(id)),
      ids: idsOf(others).filter((id) => !asked.has(id)),
      because,
    }))
    .filter(({ of, ids }) => of.length > 0 && ids.length > 0);
}

/** The ids of the clauses that `--clause` names. @throws CLAUSE_UNKNOWN */
export const askedIds = (pattern: string): ReadonlySet<string> => new Set(idsOf(pattern));

/**
 * The ids of the clauses that a run judges: those that `--clause` names, and those that these need.
 * @param pattern of `--clause`; null without it
 * @returns null for every clause
 * @throws CLAUSE_UNKNOWN
 */
export function chosenIds(pattern: string | null): ReadonlySet<string> | null {
  if (pattern === null) return null;
  const asked = askedIds(pattern);
  return new Set([...asked, ...neededBy(asked).flatMap(({ ids }) => ids)]);
}

import { HilError } from '../base/error.ts';
import { escapeText } from '../base/escape.ts';
import { globPattern } from '../base/glob.ts';
import { didYouMean } from '../base/nearest.ts';
import { accessClauses } from './access.ts';
import { accessValueClauses } from './access-values.ts';
import { checkCatalogue } from './check-catalogue.ts';
import type { Clause } from './clause.ts';
import { errorClauses } from './errors.ts';
import { extendedClauses } from './extended.ts';
import { stateClauses } from './states.ts';

/** Every clause, in the note's order; checked when this file is loaded, and frozen. */
export const catalogue: readonly Clause[] = checkCatalogue([
  ...accessClauses,
  ...accessValueClauses,
  ...extendedClauses,
  ...errorClauses,
  ...stateClauses,
]);

const byId: ReadonlyMap<string, Clause> = new Map(catalogue.map((clause) => [clause.id, clause]));

function unknownError(what: string, typed: string): HilError {
  const near = didYouMean(typed, typed.includes('*') ? families() : byId.keys());
  return new HilError(
    'CLAUSE_UNKNOWN',
    `${what} ${escapeText(typed.slice(0, 80))}${near}; list them: bc26-hil clauses`,
  );
}

/** The patterns for all clauses that begin with the same words: `CFG-*`, `CFG-PERIOD-*`. */
const families = (): string[] =>
  [...byId.keys()].flatMap((id) => [...id.matchAll(/-/g)].map(({ index }) => `${id.slice(0, index)}-*`));

/** The clause of this id. @throws CLAUSE_UNKNOWN, with the nearest ids */
export function clauseById(id: string): Clause {
  const clause = byId.get(id);
  if (!clause) throw unknownError('no clause is called', id);
  return clause;
}

/**
 * The clauses that a `--clause` pattern names, in catalogue order, each once.
 * @param pattern ids or `*` globs, separated by commas: `CFG-PERIOD-*,EX-TIME`
 * @throws CLAUSE_UNKNOWN if a part of it names none: a typing error must not make a run smaller unnoticed
 */
export function matchClauses(pattern: string): readonly Clause[] {
  const globs = pattern.split(',').map((part) => part.trim());
  const matchers = globs.map((glob) => {
    const matcher = globPattern(glob);
    if (!catalogue.some(({ id }) => matcher.test(id))) throw unknownError('no clause matches', glob);
    return matcher;
  });
  return catalogue.filter(({ id }) => matchers.some((matcher) => matcher.test(id)));
}

import { HilError } from '../base/error.ts';
import { escapeText } from '../base/escape.ts';
import { nearest } from '../base/nearest.ts';
import { accessClauses } from './access.ts';
import { accessValueClauses } from './access-values.ts';
import { checkCatalogue } from './check-catalogue.ts';
import type { Clause } from './clause.ts';
import { errorClauses } from './errors.ts';
import { extendedClauses } from './extended.ts';
import { stateClauses } from './states.ts';

/** Every clause a module is judged by, in the note's order; frozen, and checked when this file is loaded. */
export const catalogue: readonly Clause[] = checkCatalogue([
  ...accessClauses,
  ...accessValueClauses,
  ...extendedClauses,
  ...errorClauses,
  ...stateClauses,
]);

const byId: ReadonlyMap<string, Clause> = new Map(catalogue.map((clause) => [clause.id, clause]));

function unknown(what: string, typed: string): HilError {
  const near = nearest(typed, byId.keys());
  return new HilError('CLAUSE_UNKNOWN', `${what} ${escapeText(typed.slice(0, 80))}`, {
    remedy: near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'list them: bc26-hil clauses',
  });
}

/** The clause of this id. @throws CLAUSE_UNKNOWN, with the nearest ids as remedy */
export function clauseById(id: string): Clause {
  const clause = byId.get(id);
  if (!clause) throw unknown('no clause is called', id);
  return clause;
}

/** `*` stands for any characters, none included; everything else for itself, in either case. */
function toRegExp(glob: string): RegExp {
  const quoted = glob.split('*').map((part) => part.replace(/[^A-Za-z0-9-]/g, '\\$&'));
  return new RegExp(`^${quoted.join('.*')}$`, 'i');
}

/**
 * The clauses a `--clause` pattern names, in catalogue order, each once.
 * @param pattern ids or `*` globs, separated by commas: `CFG-PERIOD-*,EX-TIME`
 * @throws CLAUSE_UNKNOWN when any part of it names none: a typo must not shrink a run in silence
 */
export function matchClauses(pattern: string): readonly Clause[] {
  const globs = pattern.split(',').map((part) => part.trim());
  const matchers = globs.map((glob) => {
    const matcher = toRegExp(glob);
    if (!catalogue.some(({ id }) => matcher.test(id))) throw unknown('no clause matches', glob);
    return matcher;
  });
  return catalogue.filter(({ id }) => matchers.some((matcher) => matcher.test(id)));
}

/**
 * The ids that a run is asked to judge.
 * @param pattern of `--clause`; null when there is none
 * @returns null for every clause
 * @throws CLAUSE_UNKNOWN as `matchClauses`
 */
export const chosenIds = (pattern: string | null): ReadonlySet<string> | null =>
  pattern === null ? null : new Set(matchClauses(pattern).map(({ id }) => id));

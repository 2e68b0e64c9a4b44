import { HilError } from '../base/error.ts';
import type { Clause } from './clause.ts';

/** Parts in capitals or digits, or a field's name as the note spells it (EX-LEN-appInfo). */
const idShape = /^[A-Z]{2,5}(-([A-Z0-9]+|[a-z]+[A-Za-z]*))+$/;

const sectionShape = /^[23](\.\d)?\b/;

function mistakesOf(clause: Clause, seen: ReadonlySet<string>): string[] {
  const { id, status, text, section, because, limits } = clause;
  const checks: [ok: boolean, mistake: string][] = [
    [idShape.test(id), 'the id has the wrong form'],
    [!seen.has(id), 'the id is used twice'],
    [['S', 'E', 'I', 'U'].includes(status), `the status is ${String(status)}`],
    [text.trim() === text && text.length > 0, 'the text is empty or has blanks around it'],
    [sectionShape.test(section), 'the section does not begin with a chapter of the note'],
    [
      (status === 'I') === (because !== undefined && because.trim() !== ''),
      'an I clause, and no other, has a `because`',
    ],
    [
      limits?.min === undefined || limits.max === undefined || limits.min <= limits.max,
      'the minimum is greater than the maximum',
    ],
  ];
  return checks.filter(([ok]) => !ok).map(([, mistake]) => `${id}: ${mistake}`);
}

const freeze = (clause: Clause): Clause => {
  if (clause.limits) Object.freeze(clause.limits);
  return Object.freeze(clause);
};

/**
 * Checks the catalogue and freezes it.
 * @throws CATALOGUE_INVALID with one line per mistake
 */
export function checkCatalogue(clauses: readonly Clause[]): readonly Clause[] {
  const seen = new Set<string>();
  const mistakes: string[] = [];
  for (const clause of clauses) {
    mistakes.push(...mistakesOf(clause, seen));
    seen.add(clause.id);
  }
  if (mistakes.length > 0) {
    throw new HilError('CATALOGUE_INVALID', `the clause catalogue has mistakes:\n${mistakes.join('\n')}`, {
      remedy: 'correct the files of harness/clauses',
    });
  }
  return Object.freeze(clauses.map(freeze));
}

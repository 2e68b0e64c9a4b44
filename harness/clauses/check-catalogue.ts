import { HilError } from '../base/error.ts';
import type { Clause } from './clause.ts';

/** Chapter, then parts in capitals or digits; a field's name (EX-LEN-appInfo) as the note spells it. */
const idShape = /^[A-Z]{2,5}(-([A-Z0-9]+|[a-z]+[A-Za-z]*))+$/;

const sectionShape = /^[23](\.\d)?\b/;

function mistakesOf(clause: Clause, seen: ReadonlySet<string>): string[] {
  const { id, status, text, section, because, limits } = clause;
  const checks: [ok: boolean, mistake: string][] = [
    [idShape.test(id), 'the id has another shape'],
    [!seen.has(id), 'the id stands twice'],
    [['S', 'E', 'I', 'U'].includes(status), `the status is ${String(status)}`],
    [text.trim() === text && text.length > 0, 'the text is empty or has blanks around it'],
    [sectionShape.test(section), 'the section does not begin with a chapter of the note'],
    [
      (status === 'I') === (because !== undefined && because.trim() !== ''),
      'I clauses, and only they, say why',
    ],
    [
      limits?.min === undefined || limits.max === undefined || limits.min <= limits.max,
      'the limits are crossed',
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
      remedy: 'mend harness/clauses',
    });
  }
  return Object.freeze(clauses.map(freeze));
}

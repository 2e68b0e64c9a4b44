import type { FailureFacts, JudgedTest, ShownExchange, UsedClass } from './failure-facts.ts';

export type CauseKind = 'refuses' | 'accepts' | 'goes wrong with' | 'shows wrongly' | 'breaks';

/** Something that may explain failures. */
export interface Candidate {
  readonly kind: CauseKind;
  /** What is refused, accepted or wrong: a class of input, a command's form, what was looked at, a clause's id. */
  readonly subject: string;
  /** The clause that speaks of the subject. */
  readonly clause?: string | undefined;
}

/** Whether a subject is the code of an error that ended tests: the module fell silent, or restarted. */
export const isErrorCode = (subject: string): boolean => /^[A-Z]+(_[A-Z]+)+$/.test(subject);

export const keyOf = ({ kind, subject }: Candidate): string => `${kind} ${subject}`;

/** A reading is looked at in a context that may be what matters: `QDMPCFG 1 saved, after a soft reset`. */
const withoutContext = (about: string): string => about.replace(/, after .*$/, '');

const ofUses = (kind: CauseKind, uses: readonly UsedClass[]): Candidate[] =>
  uses.map(({ what, clause }) => ({ kind, subject: what, clause }));

function ofExchange({ how }: FailureFacts, { ok, uses, form }: ShownExchange): Candidate[] {
  if (how === 'refused') return ok ? [] : [...ofUses('refuses', uses), { kind: 'refuses', subject: form }];
  if (how === 'accepted') return ok ? [...ofUses('accepts', uses), { kind: 'accepts', subject: form }] : [];
  return ok ? ofUses('goes wrong with', uses) : [];
}

/** All that may explain a failed test: what its failure is about, and each of its clauses. */
export function candidatesOf({ failure, clauses }: JudgedTest): readonly Candidate[] {
  const all: Candidate[] = [
    ...(failure?.shown ?? []).flatMap((exchange) => ofExchange(failure!, exchange)),
    ...clauses.map((id): Candidate => ({ kind: 'breaks', subject: id, clause: id })),
    ...(failure?.how === 'wrong' ? failure.about : [])
      .flatMap((about) => [about, withoutContext(about)])
      .map((subject): Candidate => ({ kind: 'shows wrongly', subject })),
  ];
  return [...new Map(all.map((candidate) => [keyOf(candidate), candidate])).values()];
}

/**
 * Whether a test speaks against a candidate: it used the same without harm. What is refused in one test and accepted in
 * another is not refused as such, whatever the verdicts.
 * @param isJudged whether a failed test judges the clause that speaks of the subject: then a test that saw the same
 *   accepted and looked at something else says nothing
 */
export function speaksAgainst(test: JudgedTest, { kind, subject }: Candidate, isJudged: boolean): boolean {
  const { used, held, verdict, clauses } = test;
  if (kind === 'refuses') return used.ok.has(subject);
  if (verdict !== 'pass' && verdict !== 'observed') return false;
  switch (kind) {
    case 'accepts':
      return used.refused.has(subject) || (!isJudged && used.ok.has(subject));
    case 'goes wrong with':
      return used.ok.has(subject);
    case 'shows wrongly':
      return held.has(subject) || [...held].some((about) => withoutContext(about) === subject);
    case 'breaks':
      return verdict === 'pass' && clauses.includes(subject);
  }
}

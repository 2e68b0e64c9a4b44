import { expect, expectNone, extendedRecords } from '../../harness/jest/suite.ts';
import { otherExtendedSamples } from '../values/samples.ts';
import { objectAfter } from './object-666.ts';
import type { RunnableStory } from './story-clauses.ts';

const byField = (values: readonly (readonly string[])[]): Record<string, string> =>
  Object.fromEntries(
    extendedRecords.flatMap(({ type, fields }) =>
      fields.map(({ name }, index): [string, string] => [name, values[type]?.[index] ?? 'none']),
    ),
  );

/** Expects that object 666 holds these values; a failure names the fields. */
export const expectObject = (
  shown: readonly (readonly string[])[],
  wanted: readonly (readonly string[])[],
): void => expect(byField(shown), 'object 666').toEqual(byField(wanted));

/**
 * Only object 666 shows when extended records come into use. That they are its resources is inferred (EX-APPLY-WIRE): where
 * a firmware is known to deviate there, these tests are observed.
 */
export function judgeObject<Result>({ scenario: accepted, runStory }: RunnableStory<Result>): void {
  const through = { through: ['EX-APPLY-WIRE'] };
  for (const [nth, title] of [
    'what was saved before the reboot is what object 666 holds',
    'what is saved without a reboot is not yet what object 666 holds',
  ].entries()) {
    accepted.clause(
      'EX-APPLY',
      title,
      async (all) => {
        await runStory(all, all.arranged);
        expectObject(objectAfter(all.arranged, nth), all.arranged.extended);
      },
      through,
    );
  }

  accepted.clause(
    'EX-APPLY',
    'nothing that is saved without a reboot shows in object 666',
    async (all) => {
      await runStory(all, all.arranged);
      const known: readonly string[] = all.arranged.extended.flat();
      const early: readonly string[] = otherExtendedSamples.flat().filter((value) => !known.includes(value));
      const shown = objectAfter(all.arranged, 1).flat();
      expectNone(
        'values in object 666 that were saved without a reboot',
        shown.filter((value) => early.includes(value)),
      );
    },
    through,
  );
}

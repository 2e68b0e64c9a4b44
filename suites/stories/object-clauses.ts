import { otherExtendedSamples } from '../values/samples.ts';
import { objectAfter } from './object-666.ts';
import type { RunnableStory } from './story-clauses.ts';

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
        expect(objectAfter(all.arranged, nth)).toEqual(all.arranged.extended);
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
      expect(shown.filter((value) => early.includes(value))).toEqual([]);
    },
    through,
  );
}

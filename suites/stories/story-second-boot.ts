import { scenario, wireStrings } from '../../harness/jest/suite.ts';
import { enrol, enrolments } from './enrolment.ts';
import { objectAfter, saveLongest, waitForObjectRead } from './object-666.ts';
import { expectObject } from './object-clauses.ts';
import { oncePerStory } from './once-per-story.ts';
import { beginStory, type StateStory } from './state-watch.ts';
import type { StoryBook } from './story-book.ts';
import { isEvent, waitForModule } from './story-events.ts';
import { forRegistration, READS_S, REGISTERS_S, sumOf } from './story-waits.ts';

const runStory = oncePerStory(async ({ platform, board }, story) => {
  await board.attached();
  const registered = await waitForModule(platform, isEvent('registered'), forRegistration(story));
  if (registered) await waitForObjectRead(platform, registered);
});

/** Of the ten sets of strings that numbers choose: the attempts of the story of acceptance have the first ones. */
const STRINGS = 6;

/** The second start, and the first with the same values. */
interface TwoBoots extends StateStory {
  readonly first: StateStory;
}

/**
 * Story: the module starts a second time since its extended records were saved. A firmware may bring what was saved into
 * use at one boot only, or at every other one: both are looked at in each attempt.
 */
export function judgeSecondBoot(book: StoryBook): void {
  const networkS = 2 * sumOf(REGISTERS_S, READS_S);
  const options = { reboot: 'soft', needs: ['platform'], networkS, profile: 'release' } as const;
  const second = scenario(options, async (all): Promise<TwoBoots> => {
    const extended = await saveLongest(all.module, wireStrings(STRINGS + all.attempt));
    const enrolment = await enrol(all, enrolments[0]);
    // Not in the book: its states are those of the story of acceptance.
    const first = { ...beginStory('first boot', all.platform, enrolment), extended };
    const boot = await all.board.reboot('soft');
    await runStory({ ...all, boot }, first);
    await all.module.access.saveMode(1);
    return Object.assign(book.begin('second boot', all, enrolment), { extended, first });
  });

  second.clause(
    'EX-APPLY',
    'what was saved is what object 666 holds after the first reboot and after the second',
    async (all) => {
      const { extended, first } = all.arranged;
      expectObject(objectAfter(first, 0), extended);
      await runStory(all, all.arranged);
      expectObject(objectAfter(all.arranged, 0), extended);
    },
    { through: ['EX-APPLY-WIRE'] },
  );
}

import { scenario, wireStrings } from '../../harness/jest/suite.ts';
import { enrol, enrolments } from './enrolment.ts';
import { objectAfter, saveLongest, waitForObjectRead } from './object-666.ts';
import { expectObject } from './object-clauses.ts';
import { oncePerStory } from './once-per-story.ts';
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

/**
 * Story: the module starts a second time since its extended records were saved. A firmware may bring what was saved into
 * use at one boot only. The network is told nothing at the first, since access is disabled.
 */
export function judgeSecondBoot(book: StoryBook): void {
  const networkS = sumOf(REGISTERS_S, READS_S);
  const options = { reboot: 'soft', needs: ['platform'], networkS, profile: 'release' } as const;
  const second = scenario(options, async (all) => {
    const extended = await saveLongest(all.module, wireStrings(STRINGS + all.attempt));
    await all.module.access.saveMode(0);
    await all.board.reboot('soft');
    return Object.assign(book.begin('second boot', all, await enrol(all, enrolments[0])), { extended });
  });

  second.clause(
    'EX-APPLY',
    'what was saved is still what object 666 holds after a second reboot',
    async (all) => {
      await runStory(all, all.arranged);
      expectObject(objectAfter(all.arranged, 0), all.arranged.extended);
    },
    { through: ['EX-APPLY-WIRE'] },
  );
}

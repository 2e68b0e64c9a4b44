import { type Arranged, type Fixtures, notRun } from '../../harness/jest/suite.ts';
import { whySilent } from './module-events.ts';
import { endStory, type StateStory } from './state-watch.ts';

/** What a story needs: the fixtures of a test, and the reboot it begins with. */
export type StoryFixtures = Fixtures & Pick<Arranged<StateStory>, 'boot'>;

/**
 * Makes the function that runs a story from its reboot on. The first clause that calls it runs the story; later clauses
 * get the same result. However the story ends, platform and module are left as the next story expects them.
 */
export const oncePerStory = <Result>(
  runStory: (all: StoryFixtures, story: StateStory) => Promise<Result>,
): ((all: StoryFixtures, story: StateStory) => Promise<Result>) =>
  memoizePerStory(async (all: StoryFixtures, story: StateStory) => {
    // What the module sent before its reboot does not belong to the story.
    story.begunAt = all.boot.begunAt;
    const before = all.platform.events.findLast(({ at }) => at < story.begunAt);
    story.after = before?.number ?? story.after;
    all.platform.stopReading();
    try {
      // An earlier story waited in vain already.
      requireSpeaking(all);
      const result = await runStory(all, story);
      requireSpeaking(all);
      endStory(all.platform, story);
      return result;
    } finally {
      await endEnrolment(all);
    }
  });

function requireSpeaking(all: Fixtures): void {
  const why = whySilent(all);
  if (why !== undefined) notRun(why);
}

/** Runs `act` once per story; later calls with the same story get the first result. */
function memoizePerStory<All, Story extends object, Result>(
  act: (all: All, story: Story) => Promise<Result>,
): (all: All, story: Story) => Promise<Result> {
  const outcomes = new WeakMap<Story, Promise<Result>>();
  return (all, story) => {
    const outcome = outcomes.get(story) ?? act(all, story);
    outcomes.set(story, outcome);
    return outcome;
  };
}

/** The platform follows its rules again, and the module contacts nobody after its next boot. */
async function endEnrolment({ module, platform }: Fixtures): Promise<void> {
  platform.resetAnswers();
  await module.access.saveMode(0);
}

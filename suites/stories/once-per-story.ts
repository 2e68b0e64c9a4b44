import type { Arranged, Fixtures } from '../../harness/jest/suite.ts';
import { endStory, type StateStory } from './state-watch.ts';

/** What a story is told with: a test's fixtures, and the reboot it begins with. */
export type StoryFixtures = Fixtures & Pick<Arranged<StateStory>, 'boot'>;

/**
 * A story, told once however many clauses ask for it: what happens from the reboot on. However it ends, the
 * platform and the module are left as the next one expects them.
 */
export const oncePerStory = <Result>(
  runStory: (all: StoryFixtures, story: StateStory) => Promise<Result>,
): ((all: StoryFixtures, story: StateStory) => Promise<Result>) =>
  memoizePerStory(async (all: StoryFixtures, story: StateStory) => {
    // What the module of before the reboot still sent is no part of it.
    story.begunAt = all.boot.begunAt;
    const before = all.platform.events.findLast(({ at }) => at < story.begunAt);
    story.after = before?.number ?? story.after;
    all.platform.stopReading();
    try {
      const result = await runStory(all, story);
      endStory(all.platform, story);
      return result;
    } finally {
      await retire(all);
    }
  });

/** The same function, run once a story: every later call with it gets the first call's outcome. */
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

/** The platform's answers are the rules' again, and the module's next boot contacts nobody. */
async function retire({ module, platform }: Fixtures): Promise<void> {
  platform.byTheRules();
  await module.access.saveMode(0);
}

import type { Fixtures } from '../../harness/jest/suite.ts';
import type { Enrolment } from './enrolment.ts';
import { beginStory, type StateStory } from './state-watch.ts';

/** The stories of one suite file, kept for the clauses that are judged over all of them. */
export interface StoryBook {
  /**
   * Begins a story: events before now do not belong to it.
   * @param enrolment the credentials that were saved for it
   */
  begin(name: string, all: Fixtures, enrolment: Enrolment): StateStory;
  /**
   * The stories that were run to their end; one that broke off has states without the packets that explain them.
   * A story that was run again, because a test was run again, is in it twice.
   */
  ended(): readonly StateStory[];
}

/** Makes an empty book. */
export function openStoryBook(): StoryBook {
  const stories: StateStory[] = [];
  return {
    begin(name, { platform }, enrolment) {
      const story = beginStory(name, platform, enrolment);
      stories.push(story);
      return story;
    },
    ended: () => stories.filter(({ isComplete }) => isComplete),
  };
}

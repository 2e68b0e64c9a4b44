import type { Fixtures } from '../../harness/jest/suite.ts';
import { beginStory, type StateStory } from './state-watch.ts';

/** The stories that one suite file tells, kept for the clauses that are judged over all of them. */
export interface StoryBook {
  /** A story begins: what the platform saw before is over. */
  begin(name: string, all: Fixtures): StateStory;
  /**
   * The stories that were told to their end; one that broke off has states without the packets that explain them.
   * A story that was told again, since a test was run again, stands in it twice.
   */
  ended(): readonly StateStory[];
}

/** A book without stories: each suite file has its own, since it loads this file anew. */
export function openStoryBook(): StoryBook {
  const stories: StateStory[] = [];
  return {
    begin(name, { platform }) {
      const story = beginStory(name, platform);
      stories.push(story);
      return story;
    },
    ended: () => stories.filter(({ isComplete }) => isComplete),
  };
}

import { arrangement, notRun } from '../harness/jest/suite.ts';
import type { PlatformEvent } from '../harness/jest/suite.ts';
import { isOf, isRequest } from './dm-story.ts';
import type { StateStory } from './state-watch.ts';
import type { StoryBook } from './story-book.ts';

/** What must have happened at the platform before a state may show (cmdmp-protocol.md §2.2). */
const causes: Record<number, (event: PlatformEvent) => boolean> = {
  6: isOf('registered'),
  7: (event) => event.type === 'refused' && event.step === 'register',
  8: (event) => event.type === 'unanswered' && event.step === 'register',
  9: isOf('registered'),
  11: isOf('updated'),
  12: (event) => event.type === 'refused' && event.step === 'update',
  13: (event) => event.type === 'unanswered' && event.step === 'update',
};

/** States that show though nothing at the platform explains them yet. */
const unexplained = ({ states, events }: StateStory): readonly number[] =>
  states
    .filter(({ dmstate, seenAt }) => {
      const cause = causes[dmstate];
      return cause !== undefined && !events.some((event) => event.at <= seenAt && cause(event));
    })
    .map(({ dmstate }) => dmstate);

/** States that only an earlier registration explains, shown before there was a new one. */
function stale({ states, events }: StateStory): readonly number[] {
  const registering = events.find(isRequest('register'))?.at;
  const early = states.filter(({ seenAt }) => registering === undefined || seenAt < registering);
  return early.map(({ dmstate }) => dmstate).filter((dmstate) => ![0, 4, 5].includes(dmstate));
}

const judged = [
  [
    'STATE-ORDER',
    'each state shows only after what causes it: 4 before 6, 7, 8; 6 before 9, 11, 12, 13',
    unexplained,
  ],
  ['STATE-REBOOT', 'after a reboot no state of before shows', stale],
] as const;

/** What holds of every story: registered last, so that all of them are told by then. */
export function judgeOrder(book: StoryBook): void {
  const all = arrangement({ needs: ['platform'] }, () => Promise.resolve(book.ended()));

  for (const [id, title, wrongIn] of judged) {
    all.clause(id, title, ({ arranged }) => {
      if (arranged.length === 0) notRun('no scenario with the platform was run to its end');
      const wrong = arranged.map((story) => ({ story: story.name, states: wrongIn(story) }));
      expect(wrong.filter(({ states }) => states.length > 0)).toEqual([]);
      return Promise.resolve();
    });
  }
}

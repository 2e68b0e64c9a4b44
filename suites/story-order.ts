import { accessStates, arrangement, notRun } from '../harness/jest/suite.ts';
import { isRequest } from './dm-story.ts';
import { unconnected, unexplained } from './state-order.ts';
import type { StateStory } from './state-watch.ts';
import type { StoryBook } from './story-book.ts';

/** States that only an earlier registration explains, shown before there was a new one. */
function stale({ states, events }: StateStory): readonly string[] {
  const registering = events.find(isRequest('register'))?.at;
  const early = states.filter(({ seenAt }) => registering === undefined || seenAt < registering);
  return early
    .filter(({ dmstate }) => accessStates.has(dmstate) && ![0, 4, 5].includes(dmstate))
    .map(({ dmstate }) => String(dmstate));
}

/** Answers that show no state at all, counted. */
function malformed({ polls }: StateStory): readonly string[] {
  const count = polls.filter(({ dmstate }) => Number.isNaN(dmstate)).length;
  return count === 0 ? [] : [`${count} of ${polls.length} answers show no state`];
}

/** States that are none of the note's, each once. */
const unknown = ({ states }: StateStory): readonly string[] => [
  ...new Set(
    states
      .filter(({ dmstate }) => !Number.isNaN(dmstate) && !accessStates.has(dmstate))
      .map(({ dmstate }) => String(dmstate)),
  ),
];

const judged = [
  ['CFG-STATE', 'every answer shows a state, whatever happens to the module', malformed],
  ['CFG-STATE-SET', 'every state shown is one of those of the note', unknown],
  [
    'STATE-ORDER',
    'each state shows only after what causes it: 6 before 9, 11, 12, 13, and 9 not before the lifetime has passed',
    unexplained,
  ],
  [
    'STATE-ORDER',
    '4 shows before 6, 7 and 8, and again after a failure: as long as a registration is unanswered',
    unconnected,
  ],
  ['STATE-REBOOT', 'after a reboot no state of before shows', stale],
] as const;

/** What holds of every story: registered last, so that all of them are told by then. */
export function judgeOrder(book: StoryBook): void {
  const all = arrangement({ needs: ['platform'] }, () => Promise.resolve(book.ended()));

  for (const [id, title, wrongIn] of judged) {
    all.clause(id, title, ({ arranged, platform }) => {
      if (arranged.length === 0) notRun('no scenario with the platform was run to its end');
      const wrong = arranged.map((story) => ({ story: story.name, states: wrongIn(story, platform) }));
      expect(wrong.filter(({ states }) => states.length > 0)).toEqual([]);
      return Promise.resolve();
    });
  }
}

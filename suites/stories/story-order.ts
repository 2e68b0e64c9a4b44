import { accessStates, arrangement, expectNone, inconclusive, notRun } from '../../harness/jest/suite.ts';
import { isModuleReachable, NEVER_REACHED, whySilent } from './module-events.ts';
import { perhapsLost, registeredAgain } from './registered-once.ts';
import { lostOnAir, mayBeLost, type NetworkTime, unconnected, unexplained } from './state-order.ts';
import { openKinds, TOO_SLOW } from './state-steady.ts';
import type { StateSeen, StateStory } from './state-watch.ts';
import type { StoryBook } from './story-book.ts';
import { isRequest } from './story-events.ts';

/** Finds what is wrong in a story, in words. */
type StoryCheck = (story: StateStory, time: NetworkTime) => readonly string[];

/** States that need a registration, shown before the first one of the story. */
function early({ states, events }: StateStory): readonly StateSeen[] {
  const registering = events.find(isRequest('register'))?.at;
  return states
    .filter(({ seenAt }) => registering === undefined || seenAt < registering)
    .filter(({ dmstate }) => accessStates.has(dmstate) && ![0, 4, 5].includes(dmstate));
}

const stale: StoryCheck = (story, time) =>
  early(story)
    .filter((seen) => !mayBeLost(story, seen, time))
    .map(({ dmstate }) => String(dmstate));

const maybeStale: StoryCheck = (story, time) =>
  early(story)
    .filter((seen) => mayBeLost(story, seen, time))
    .map(({ dmstate }) => `${dmstate} before a registration came`);

/** The number of answers without a state. */
function malformed({ polls }: StateStory): readonly string[] {
  const count = polls.filter(({ dmstate }) => Number.isNaN(dmstate)).length;
  return count === 0 ? [] : [`${count} of ${polls.length} answers show no state`];
}

/** States that the note does not list, each once. */
const unknown = ({ states }: StateStory): readonly string[] => [
  ...new Set(
    states
      .filter(({ dmstate }) => !Number.isNaN(dmstate) && !accessStates.has(dmstate))
      .map(({ dmstate }) => String(dmstate)),
  ),
];

interface OrderClause {
  readonly id: string;
  readonly title: string;
  readonly wrong: StoryCheck;
  /** For clauses that depend on the platform's packets: what cannot be decided, because packets may have been lost. */
  readonly doubtful?: StoryCheck;
}

const judged: readonly OrderClause[] = [
  { id: 'CFG-STATE', title: 'every answer shows a state, whatever happens to the module', wrong: malformed },
  { id: 'CFG-STATE-SET', title: 'every state shown is one of those of the note', wrong: unknown },
  {
    id: 'STATE-ORDER',
    title:
      'each state shows only after what causes it: 6 before 9, 11, 12, 13, and 9 not before the lifetime has passed',
    wrong: unexplained,
    doubtful: lostOnAir,
  },
  {
    id: 'STATE-ORDER',
    title: 'while a registration is unanswered 4 shows, or a failure before it',
    wrong: unconnected,
    doubtful: () => [],
  },
  {
    id: 'WIRE-ONCE',
    title: 'a registration that was accepted is not made again in the same boot',
    wrong: registeredAgain,
    doubtful: perhapsLost,
  },
  {
    id: 'STATE-REBOOT',
    title: 'after a reboot no state of before shows',
    wrong: stale,
    doubtful: maybeStale,
  },
];

/** Judges what must hold in every story. Registered last, so that all stories have been run. */
export function judgeOrder(book: StoryBook): void {
  const all = arrangement({ needs: ['platform'] }, () => Promise.resolve(book.ended()));

  for (const { id, title, wrong, doubtful } of judged) {
    all.clause(id, title, ({ arranged, board, platform }) => {
      if (arranged.length === 0)
        notRun(whySilent({ board, platform }) ?? 'no scenario with the platform was run to its end');
      if (doubtful && !isModuleReachable(platform)) inconclusive(NEVER_REACHED);
      const found = (looks: StoryCheck) =>
        arranged
          .map((story) => ({ story: story.name, states: looks(story, platform) }))
          .filter(({ states }) => states.length > 0);
      expectNone(
        `${id} over all stories`,
        found(wrong).map(({ story, states }) => `the story of ${story}: ${states.join(', ')}`),
        'no exception',
      );
      const unsure = doubtful ? found(doubtful) : [];
      if (unsure.length > 0) {
        const said = unsure.map(({ story, states }) => `the story of ${story}: ${states.join(', ')}`);
        inconclusive(`packets may have been lost on the air: ${said.join('; ')}`);
      }
      return Promise.resolve();
    });
  }

  // Those who judge one story pass by whatever came at the right time, queries alone perhaps.
  all.clause(
    'STATE-STEADY',
    'saves and queries both came when nothing else could change the state',
    (seen) => {
      const { unsent, untimely } = openKinds(seen.arranged);
      if (untimely.length > 0) inconclusive(`nothing can be said of ${untimely.join(', ')}: ${TOO_SLOW}`);
      if (unsent.length > 0)
        notRun(whySilent(seen) ?? `no story with a registration came to where ${unsent.join(', ')} are sent`);
      return Promise.resolve();
    },
  );
}

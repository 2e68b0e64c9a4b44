import { expectThat, notRun, scenario } from '../../harness/jest/suite.ts';
import { enrol, enrolments } from './enrolment.ts';
import { expectSeen } from './expect-seen.ts';
import { oncePerStory } from './once-per-story.ts';
import { lifetimeShortBy, updatedAtExpiry } from './state-order.ts';
import { networkSeconds, watchStates } from './state-watch.ts';
import type { StoryBook } from './story-book.ts';
import { describeSeconds, isEvent, requireOnWire, waitForModule } from './story-events.ts';
import { forRegistration, REGISTERS_S, SHOWS_S, sumOf, TRIES_AGAIN_S, UPDATES_S } from './story-waits.ts';

const STORY_S = sumOf(REGISTERS_S, TRIES_AGAIN_S, SHOWS_S, UPDATES_S);

const runStory = oncePerStory(async ({ module, platform, board }, story) => {
  try {
    await board.attached();
    await watchStates(module, platform, story, { states: [5], networkS: REGISTERS_S });
    await board.provoke('updates-unsent', true);
    await board.provoke('connect-failed', false);
    const wait = { ...forRegistration(story), networkS: TRIES_AGAIN_S };
    const registered = await waitForModule(platform, isEvent('registered'), wait);
    if (registered) {
      await watchStates(module, platform, story, { states: [6], networkS: SHOWS_S });
      await watchStates(module, platform, story, { states: [9, 11, 12, 13], networkS: UPDATES_S });
    }
    return { registered };
  } finally {
    await board.provoke('connect-failed', false);
    await board.provoke('updates-unsent', false);
  }
});

/** Story: failures inside the module that no server can force. No connection can be opened; updates are never sent. */
export function judgeLocalCauses(book: StoryBook): void {
  const local = scenario(
    { reboot: 'soft', needs: ['platform', 'localCauses'], networkS: STORY_S },
    async (all) => {
      await all.board.provoke('connect-failed', true);
      return book.begin('local causes', all, await enrol(all, enrolments[0]));
    },
  );

  local.clause('STATE-CONNECT-FAILED', 'state 5 when no connection can be opened', async (all) => {
    await runStory(all, all.arranged);
    expectSeen(all.arranged, 5);
  });

  local.clause(
    'STATE-LIFETIME',
    'state 9 when the lifetime passed without an update, and not before',
    async (all) => {
      const { registered } = await runStory(all, all.arranged);
      const began = requireOnWire(registered, all.arranged, 'the platform accepted no registration');
      const { registration, at } = began;
      const seen = all.arranged.states.find(({ dmstate }) => dmstate === 9);
      if (!seen) {
        const updated = updatedAtExpiry(all.arranged, began, all.platform);
        if (updated !== undefined)
          notRun(
            `the module updated ${describeSeconds(updated)} after it registered: state 9 may have been missed between two polls`,
          );
        return expectSeen(all.arranged, 9);
      }
      const after = describeSeconds(networkSeconds(at, seen.seenAt, all.platform.clock));
      all.observe(
        'STATE.lifetime-ends-after',
        `${after} (no less than the ${registration.lifetimeS} registered)`,
      );
      const shortBy = lifetimeShortBy(all.arranged, seen, all.platform);
      expectThat('state 9, the end of the lifetime', {
        holds: shortBy === undefined,
        expected: `after ${registration.lifetimeS} s, or later`,
        got: `after ${after}`,
      });
    },
  );
}

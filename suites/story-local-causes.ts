import { scenario } from '../harness/jest/suite.ts';
import { enrolments, updatePeriod } from './dm-samples.ts';
import { awaited, enrol, isOf, told } from './dm-story.ts';
import { expectSeen, watchStates } from './state-watch.ts';
import type { StoryBook } from './story-book.ts';
import { judgeState } from './story-clauses.ts';
import { forRegistration, REGISTERS_S, SHOWS_S, TRIES_AGAIN_S, UPDATES_S } from './story-waits.ts';

const tell = told(async ({ module, platform, board }, story) => {
  try {
    await board.attached();
    await watchStates(module, platform, story, { states: [5], networkS: REGISTERS_S });
    await board.provoke('updates-unsent', true);
    await board.provoke('connect-failed', false);
    const wait = { ...forRegistration(story), networkS: TRIES_AGAIN_S };
    const registered = await awaited(platform, isOf('registered'), wait);
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

/** What no server can force: a connection that cannot be opened, and updates that are never sent. */
export function judgeLocalCauses(book: StoryBook): void {
  const local = scenario(
    { reboot: 'soft', needs: ['platform', 'localCauses'], networkS: TRIES_AGAIN_S + 2 * updatePeriod },
    async (all) => {
      await all.board.provoke('connect-failed', true);
      await enrol(all, enrolments[0]);
      return book.begin('local causes', all);
    },
  );

  local.clause('STATE-CONNECT-FAILED', 'state 5 when no connection can be opened', async (all) => {
    await tell(all, all.arranged);
    expectSeen(all.arranged, 5);
  });

  judgeState(
    { scenario: local, tell },
    {
      id: 'STATE-LIFETIME',
      title: 'state 9 when the lifetime passed without an update',
      dmstate: 9,
      cause: ({ registered }) => registered,
      without: 'the platform accepted no registration',
    },
  );
}

import { expectThat, type PlatformEvent, scenario } from '../../harness/jest/suite.ts';
import { enrol, enrolments, longerPeriod } from './enrolment.ts';
import { expectSeen } from './expect-seen.ts';
import { oncePerStory } from './once-per-story.ts';
import { harmlessCommands } from './state-steady.ts';
import { disturb, networkSeconds, watchStates } from './state-watch.ts';
import type { StoryBook } from './story-book.ts';
import { judgeContact, judgeKey, judgeLifetime, judgeName, judgeSteady } from './story-clauses.ts';
import { describeSeconds, isRequest, requireOnWire, waitForModule } from './story-events.ts';
import { forRegistration, GIVES_UP_S, REGISTERS_S, SHOWS_S, sumOf, TRIES_AGAIN_S } from './story-waits.ts';

const STORY_S = sumOf(REGISTERS_S, GIVES_UP_S, TRIES_AGAIN_S, SHOWS_S);

const runStory = oncePerStory(async ({ module, platform, board }, story) => {
  await board.attached();
  const wait = forRegistration(story);
  const first = await waitForModule(platform, isRequest('register'), wait);
  // Few, because the state may change by itself after the shortest time in which a client gives up.
  if (first) await disturb(module, platform, story, harmlessCommands.slice(-FEW));
  const gaveUp = await watchStates(module, platform, story, { states: [7, 8], networkS: GIVES_UP_S });
  const later = (event: PlatformEvent): event is Extract<PlatformEvent, { type: 'requested' }> =>
    isRequest('register')(event) && gaveUp !== undefined && event.at > gaveUp.seenAt;
  const again = await waitForModule(platform, later, { ...wait, networkS: TRIES_AGAIN_S });
  // State 4 must be shown again after a failure: story-order.ts judges this.
  if (again) await watchStates(module, platform, story, { states: [4], networkS: SHOWS_S });
  return { first, gaveUp, again };
});

/** How many commands are sent while the registration is unanswered. */
const FEW = 5;

/** Story: the platform never answers a registration. */
export function judgeSilence(book: StoryBook): void {
  const options = { reboot: 'reset-pin', orSoft: true, needs: ['platform'], networkS: STORY_S } as const;
  const silent = scenario(options, async (all) => {
    all.platform.answerRegister.always({ how: 'silence' });
    return book.begin('silence', all, await enrol(all, enrolments[0], longerPeriod));
  });

  silent.clause('STATE-CONNECT', 'state 4 while the registration is unanswered', async (all) => {
    const { first } = await runStory(all, all.arranged);
    const { at } = requireOnWire(first, all.arranged, 'the module sent no registration');
    expectSeen(all.arranged, 4);
    const connected = all.arranged.states.find(({ dmstate }) => dmstate === 4);
    const bound = connected === all.arranged.states[0] ? 'no more than ' : '';
    // No document limits these two; the wait does. Real time, because most of it is the boot.
    all.observe(
      'STATE.boot-to-4',
      connected
        ? `${bound}${networkSeconds(all.boot.startedAt, connected.seenAt, 1).toFixed(2)} s (waited for ${GIVES_UP_S} s of network time)`
        : '4 was not seen',
    );
    all.observe(
      'STATE.boot-to-registration',
      `${networkSeconds(all.boot.startedAt, at, 1).toFixed(2)} s (waited for ${REGISTERS_S} s of network time)`,
    );
  });

  const runnable = { scenario: silent, runStory };
  judgeContact(runnable, 'reset-pin', 'a reset by the pin');
  judgeName(runnable, enrolments[0], 'an interface');
  judgeKey(runnable, enrolments[0], 'a private key of 32 characters');
  judgeSteady(runnable, 'while the registration is unanswered');
  // The story of acceptance has another period: a module may always register the same one.
  judgeLifetime(runnable, longerPeriod);

  silent.clause('STATE-REG-SILENT', 'state 8 when the platform never answers a registration', async (all) => {
    const { first, gaveUp, again } = await runStory(all, all.arranged);
    const { at } = requireOnWire(first, all.arranged, 'the module sent no registration');
    expectSeen(all.arranged, 8);
    expectThat('the state once a registration was given up', {
      holds: gaveUp !== undefined,
      expected: '8, timeout',
      got: 'none',
    });
    if (!gaveUp) return;
    const since = (from: bigint, to: bigint): string =>
      describeSeconds(networkSeconds(from, to, all.platform.clock));
    // CMDMP.md §2.3: XY's four transmissions, and the five of T = 10 s; §2.5.
    all.observe(
      'STATE.gives-a-registration-up-after',
      `${since(at, gaveUp.seenAt)} (known clients: 40 to 310 s; waited for ${GIVES_UP_S} s)`,
    );
    all.observe(
      'STATE.tries-again-after',
      again
        ? `${since(gaveUp.seenAt, again.at)} (known clients: 8 to 600 s; waited for ${TRIES_AGAIN_S} s)`
        : `not within ${TRIES_AGAIN_S} s (known clients: 8 to 600 s, or never)`,
    );
  });
}

import {
  expectNone,
  extendedRecords,
  type Fixtures,
  scenario,
  wireStrings,
} from '../../harness/jest/suite.ts';
import { otherExtendedSamples } from '../values/samples.ts';
import { enrol, enrolments } from './enrolment.ts';
import { expectSeen } from './expect-seen.ts';
import { isFromModule } from './module-events.ts';
import { objectAfter, saveExtendedRecords, waitForObjectRead } from './object-666.ts';
import { oncePerStory } from './once-per-story.ts';
import { harmlessCommands } from './state-steady.ts';
import { disturb, networkSeconds, type StateStory, watchStates } from './state-watch.ts';
import type { StoryBook } from './story-book.ts';
import { judgeContact, judgeKey, judgeName, judgeState } from './story-clauses.ts';
import { describeSeconds, isEvent, isRequest, requireOnWire, waitForModule } from './story-events.ts';
import {
  forRegistration,
  forUpdate,
  GIVES_UP_S,
  READS_S,
  REGISTERS_S,
  SHOWS_S,
  sumOf,
  TRIES_AGAIN_S,
  UPDATES_S,
} from './story-waits.ts';

/** How long an answer is delayed so that polls see 4, s of network time: no known client gives up before 40 s (CMDMP.md §2.3). */
const WITHHELD_S = 30;

/** The time from state 4 after the refusal to state 6, in words. */
function fourToSix({ states }: StateStory, clock: number): string {
  const six = states.findIndex(({ dmstate }) => dmstate === 6);
  const [four, registered] = [states[six - 1], states[six]];
  if (six < 1 || four?.dmstate !== 4 || !registered) return '4 and 6 were not seen one after the other';
  return describeSeconds(networkSeconds(four.seenAt, registered.seenAt, clock));
}

/**
 * Erases the extended records, whose values must be in use before: a client may only know the values it started with.
 * The story of acceptance leaves such values; if it was not run, they are brought into use here.
 */
async function eraseWhatWasInUse({ module, board }: Fixtures, book: StoryBook): Promise<void> {
  if (!book.ended().some(({ name }) => name === 'acceptance')) {
    await saveExtendedRecords(module, otherExtendedSamples);
    await module.access.saveMode(0);
    await board.reboot('soft');
  }
  for (const { type } of extendedRecords) await module.extended.erase(type);
}

/** Whether no firmware has the value built in: the VoLTE state and other short words may be its own. */
const isTelling = (value: string): boolean => value.length > 8;

const STORY_S = sumOf(...[REGISTERS_S, TRIES_AGAIN_S, SHOWS_S, READS_S], ...[UPDATES_S, GIVES_UP_S]);

const runStory = oncePerStory(async ({ module, platform, board }, story) => {
  await board.attached();
  await watchStates(module, platform, story, { states: [7, 8], networkS: REGISTERS_S });
  const mine = isFromModule(platform.events);
  const refused = platform.events.find(
    (event) => event.number > story.after && isEvent('refused')(event) && mine(event),
  );
  platform.answerRegister.always({ how: 'piggybacked' });
  platform.answerRegister.times(1, {
    how: 'piggybacked',
    delayMs: (WITHHELD_S * 1_000) / platform.clock,
  });
  // Polled meanwhile, to see that 4 is shown again, and for how long.
  if (refused) await watchStates(module, platform, story, { states: [6, 8], networkS: TRIES_AGAIN_S });
  const wait = { ...forRegistration(story), networkS: refused ? SHOWS_S : TRIES_AGAIN_S };
  const registered = await waitForModule(platform, isEvent('registered'), wait);
  if (registered) await waitForObjectRead(platform, registered);
  const unanswered =
    registered && (await waitForModule(platform, isRequest('update'), forUpdate(registered)));
  // Their answers are timed: the limit holds while an update is unanswered, too.
  if (unanswered) await disturb(module, platform, story, harmlessCommands);
  if (unanswered) await watchStates(module, platform, story, { states: [11, 12, 13], networkS: GIVES_UP_S });
  return { refused, registered, unanswered };
});

/** Story: the platform refuses a registration, accepts the next, and never answers an update. */
export function judgeRefusal(book: StoryBook): void {
  const options = { reboot: 'power-cycle', orSoft: true, needs: ['platform'], networkS: STORY_S } as const;
  const refusing = scenario(options, async (all) => {
    all.platform.answerRegister.always({ how: 'piggybacked', code: '4.03' });
    all.platform.answerUpdate.always({ how: 'silence' });
    await eraseWhatWasInUse(all, book);
    return book.begin('refusal', all, await enrol(all, enrolments[2]));
  });
  const runnable = { scenario: refusing, runStory };

  refusing.clause('STATE-REG-REFUSED', 'state 7 when the platform refuses the registration', async (all) => {
    const { refused } = await runStory(all, all.arranged);
    requireOnWire(refused, all.arranged, 'the module sent no registration that the platform could refuse');
    expectSeen(all.arranged, 7);
    const shown = fourToSix(all.arranged, all.platform.clock);
    all.observe(
      'STATE.4-to-6',
      `${shown} (no less than the ${WITHHELD_S} s for which the answer was withheld)`,
    );
  });
  judgeState(runnable, {
    id: 'STATE-UPD-SILENT',
    title: 'state 13 when the platform never answers an update',
    dmstate: 13,
    cause: ({ unanswered }) => unanswered,
    without: 'the module sent no update that the platform could leave unanswered',
  });
  judgeContact(runnable, 'power-cycle', 'a power cycle');
  judgeName(runnable, enrolments[2], 'an Android terminal');
  judgeKey(runnable, enrolments[2], 'a private key that differs from the last from its fifth character on');

  refusing.clause(
    'EX-ERASE-APPLY',
    'what was erased before the reboot is gone from object 666',
    async (all) => {
      await runStory(all, all.arranged);
      const values = objectAfter(all.arranged, 0).flat();
      const erased = new Set([...wireStrings(all.attempt), ...otherExtendedSamples].flat().filter(isTelling));
      expectNone(
        'erased values in object 666 after a reboot',
        values.filter((value) => erased.has(value)),
      );
    },
    { through: ['EX-APPLY-WIRE'] },
  );
}

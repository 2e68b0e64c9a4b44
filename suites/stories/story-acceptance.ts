import {
  accessWrite,
  extendedRecords,
  extendedWrite,
  type PlatformEvent,
  quote,
  readInUse,
  readRecord,
  type Scenario,
  scenario,
  waitsInFull,
  wireStrings,
} from '../../harness/jest/suite.ts';
import { expectRecord } from '../records/expect-record.ts';
import { lineInUse, recordNamed } from '../records/records.ts';
import { otherExtendedSamples, otherServer } from '../values/samples.ts';
import { enrol, enrolments, lookalike, updatePeriod } from './enrolment.ts';
import { judgeMidLife } from './mid-life.ts';
import { saveLongest, waitForObjectRead } from './object-666.ts';
import { judgeObject } from './object-clauses.ts';
import { oncePerStory } from './once-per-story.ts';
import { harmlessCommands } from './state-steady.ts';
import { disturb, type StateStory, watchStates } from './state-watch.ts';
import type { StoryBook } from './story-book.ts';
import {
  judgeContact,
  judgeKey,
  judgeLifetime,
  judgeName,
  judgeReached,
  judgeState,
  judgeSteady,
} from './story-clauses.ts';
import { isEvent, waitForModule } from './story-events.ts';
import {
  forAnotherRegistration,
  forRegistration,
  forUpdate,
  READS_S,
  REGISTERS_S,
  SHOWS_S,
  sumOf,
  TRIES_AGAIN_S,
  UPDATES_S,
} from './story-waits.ts';
import { judgeUpdates } from './update-clauses.ts';

type Updated = Extract<PlatformEvent, { type: 'updated' }>;

const isRefusedUpdate = (event: PlatformEvent): event is Extract<PlatformEvent, { type: 'refused' }> =>
  event.type === 'refused' && event.step === 'update';

/** How many updates the platform accepts in a run that waits in full; else one, after which another is refused. */
const ACCEPTED = 3;

/** The longest the story may take: a registration, the updates, and another registration (which may never come). */
const STORY_S = sumOf(
  ...[REGISTERS_S, SHOWS_S, READS_S],
  ...Array.from({ length: ACCEPTED + 1 }, () => UPDATES_S + SHOWS_S),
  ...[TRIES_AGAIN_S, READS_S],
);

const { appKey, password, tmlType, tmlImei } = lookalike;

/** Erased before the last update that is accepted: a later save would hide what an erase does. */
const eraseCredentials = accessWrite(5, 2);

/** Everything that can be saved in mid-life, and may show only after a reboot. */
const midLifeCommands: readonly string[] = [
  accessWrite(2, quote(appKey), quote(password), tmlType, tmlImei),
  accessWrite(1, otherServer.serverIP, otherServer.serverPort, otherServer.updatePeriod),
  accessWrite(0, 0),
  ...extendedRecords.map(({ type }) =>
    extendedWrite(type, 0, ...(otherExtendedSamples[type] as readonly string[]).map(quote)),
  ),
];

const runStory = oncePerStory(async ({ module, platform, board, run }, story) => {
  const wanted = waitsInFull(run.profile, platform.clock) ? ACCEPTED : 1;
  await board.attached();
  const registered = await waitForModule(platform, isEvent('registered'), forRegistration(story));
  await watchStates(module, platform, story, { states: [6, 7, 8], networkS: SHOWS_S });
  if (registered) await waitForObjectRead(platform, registered);
  if (registered) await disturb(module, platform, story, harmlessCommands);
  const updated: Updated[] = [];
  let erasedAfter: number | undefined;
  for (let last: PlatformEvent | undefined = registered; last && updated.length < wanted;) {
    if (updated.length === wanted - 1) {
      erasedAfter = platform.last;
      await disturb(module, platform, story, [eraseCredentials]);
    }
    const next: Updated | undefined = await waitForModule(platform, isEvent('updated'), forUpdate(last));
    if (next) updated.push(next);
    last = next;
    if (next) await watchStates(module, platform, story, { states: [11, 12, 13], networkS: SHOWS_S });
  }
  // Without a reboot, so neither the next update nor the next registration may show it.
  const { last: changedAfter } = platform;
  platform.answerUpdate.always({ how: 'piggybacked', code: '4.04' });
  if (registered) await disturb(module, platform, story, midLifeCommands);
  const last = updated.length < wanted ? undefined : updated.at(-1);
  const refused = last && (await waitForModule(platform, isRefusedUpdate, forUpdate(last)));
  if (refused) await registerAnew();
  return { registered, updated, wanted, erasedAfter, changedAfter, refused };

  async function registerAnew(): Promise<void> {
    await watchStates(module, platform, story, { states: [12, 13], networkS: SHOWS_S });
    const wait = forAnotherRegistration({ number: changedAfter });
    const again = await waitForModule(platform, isEvent('registered'), wait);
    if (again) await waitForObjectRead(platform, again);
  }
});

const theMode = recordNamed('QDMPCFG 0');

/**
 * Judges that mode 1 survives a reboot and is in use, by reading. It is the default, so only here, where 0 was saved before,
 * does a module show that it keeps it. To be registered first: the story's end disables access.
 */
function judgeEnabled(accepted: Scenario<StateStory>): void {
  accepted.clause(
    ['CFG-PERSIST', 'CFG-APPLY'],
    'access mode 1 is still saved after a soft reset, and in use',
    async ({ module }) => {
      expectRecord(theMode, await readRecord(module, theMode), ['1']);
      const inUse = await readInUse(module);
      expectRecord(theMode, inUse, ['1'], lineInUse(inUse, theMode));
    },
  );
}

/** Story: the platform accepts a registration and updates; settings are changed; it refuses an update. */
export function judgeAcceptance(book: StoryBook): void {
  const options = { reboot: 'soft', needs: ['platform'], networkS: STORY_S } as const;
  const accepted = scenario(options, async (all) => {
    // Values that no earlier boot had, at their longest.
    const extended = await saveLongest(all.module, wireStrings(all.attempt));
    return Object.assign(book.begin('acceptance', all, await enrol(all, enrolments[1])), { extended });
  });
  const runnable = { scenario: accepted, runStory };
  judgeEnabled(accepted);
  judgeReached(runnable);
  judgeContact(runnable, 'soft', 'a soft reset');
  judgeKey(runnable, enrolments[1], 'a private key that shares its first 16 characters with the last');
  judgeLifetime(runnable, updatePeriod);
  judgeName(runnable, enrolments[1], 'a Linux terminal');
  judgeState(runnable, {
    id: 'STATE-REGISTER',
    title: 'state 6 when the platform accepts',
    dmstate: 6,
    cause: ({ registered }) => registered,
    without: 'the platform accepted no registration',
  });
  judgeUpdates(runnable, ACCEPTED);
  judgeSteady(runnable, 'once the module is registered, not even a save');
  judgeMidLife(runnable, book);
  judgeObject(runnable);
}

import { type PlatformEvent, scenario } from '../../harness/jest/suite.ts';
import { extendedSamples, otherExtendedSamples } from '../values/samples.ts';
import { enrol, enrolments, updatePeriod } from './enrolment.ts';
import { expectContact, expectKey } from './expect-registration.ts';
import { objectAfter, saveExtendedRecords, waitForObjectRead } from './object-666.ts';
import { oncePerStory } from './once-per-story.ts';
import { networkSeconds, watchStates } from './state-watch.ts';
import type { StoryBook } from './story-book.ts';
import { judgeLifetime, judgeName, judgeState, type RunnableStory } from './story-clauses.ts';
import { describeSeconds, isEvent, isRequest, requireOnWire, waitForModule } from './story-events.ts';
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

const isRefusedUpdate = (event: PlatformEvent): event is Extract<PlatformEvent, { type: 'refused' }> =>
  event.type === 'refused' && event.step === 'update';

/** The longest the story may take: a registration, two updates, and another registration (which may never come). */
const STORY_S = sumOf(
  ...[REGISTERS_S, SHOWS_S, READS_S],
  ...[UPDATES_S, SHOWS_S],
  ...[UPDATES_S, SHOWS_S],
  ...[TRIES_AGAIN_S, READS_S],
);

const runStory = oncePerStory(async ({ module, platform, board }, story) => {
  await board.attached();
  const registered = await waitForModule(platform, isEvent('registered'), forRegistration(story));
  await watchStates(module, platform, story, { states: [6, 7, 8], networkS: SHOWS_S });
  if (registered) await waitForObjectRead(platform, registered);
  const updated = registered && (await waitForModule(platform, isEvent('updated'), forUpdate(registered)));
  if (updated) await watchStates(module, platform, story, { states: [11, 12, 13], networkS: SHOWS_S });
  // Saved without a reboot, so the next registration must not show it.
  await saveExtendedRecords(module, otherExtendedSamples);
  platform.answerUpdate.always({ how: 'piggybacked', code: '4.04' });
  const refused = updated && (await waitForModule(platform, isRefusedUpdate, forUpdate(updated)));
  if (refused) {
    await watchStates(module, platform, story, { states: [12, 13], networkS: SHOWS_S });
    const anew = await waitForModule(platform, isEvent('registered'), forAnotherRegistration(refused));
    if (anew) await waitForObjectRead(platform, anew);
  }
  return { registered, updated, refused };
});

type AcceptanceStory = RunnableStory<Awaited<ReturnType<typeof runStory>>>;

/** Story: the platform accepts a registration and an update, then refuses an update. */
export function judgeAcceptance(book: StoryBook): void {
  const accepted = scenario({ reboot: 'soft', needs: ['platform'], networkS: STORY_S }, async (all) => {
    await saveExtendedRecords(all.module, extendedSamples);
    await enrol(all, enrolments[1]);
    return book.begin('acceptance', all);
  });
  const runnable = { scenario: accepted, runStory };
  judgeStates(runnable);
  judgeWire(runnable);
  judgeObject(runnable);
}

function judgeStates(runnable: AcceptanceStory): void {
  const noRegistration = 'the platform accepted no registration';
  judgeState(runnable, {
    id: 'STATE-REGISTER',
    title: 'state 6 when the platform accepts',
    dmstate: 6,
    cause: ({ registered }) => registered,
    without: noRegistration,
  });
  judgeState(runnable, {
    id: 'STATE-UPDATE',
    title: 'state 11 when the platform accepts an update',
    dmstate: 11,
    cause: ({ updated }) => updated,
    without: 'the platform accepted no update',
  });

  runnable.scenario.clause(
    'STATE-UPDATE-TIME',
    'the first update comes between half the lifetime and all of it',
    async (all) => {
      const { registered } = await runStory(all, all.arranged);
      const { registration, at } = requireOnWire(registered, all.arranged, noRegistration);
      const { clock, toleranceS } = all.platform;
      const request = all.arranged.events.find((event) => isRequest('update')(event) && event.at >= at);
      all.observe(
        'STATE.first-update-after',
        request
          ? `${describeSeconds(networkSeconds(at, request.at, clock))} (limits: ${registration.lifetimeS / 2} to ${registration.lifetimeS} s)`
          : 'none came',
      );
      expect(request).toBeDefined();
      const afterS = networkSeconds(at, request?.at ?? at, clock);
      expect(afterS).toBeGreaterThanOrEqual(registration.lifetimeS / 2 - toleranceS);
      expect(afterS).toBeLessThanOrEqual(registration.lifetimeS + toleranceS);
    },
  );

  judgeState(runnable, {
    id: 'STATE-UPD-REFUSED',
    title: 'state 12 when the platform refuses an update',
    dmstate: 12,
    cause: ({ refused }) => refused,
    without: 'the module sent no update that the platform could refuse',
  });
}

function judgeWire(runnable: AcceptanceStory): void {
  const judged = [
    ['CFG-APPLY-WIRE', 'the saved server is contacted after the reboot', expectContact],
    ['WIRE-KEY', 'the saved private key decrypts the endpoint name', expectKey],
  ] as const satisfies readonly (readonly [string, string, typeof expectKey])[];
  for (const [id, title, expectWire] of judged) {
    runnable.scenario.clause(id, title, async (all) => {
      await runStory(all, all.arranged);
      expectWire(all.arranged);
    });
  }
  judgeLifetime(runnable, updatePeriod);
  judgeName(runnable, enrolments[1], 'a Linux terminal');
}

/**
 * Only object 666 shows when extended records come into use. That they are its resources is inferred (EX-APPLY-WIRE): if
 * a firmware is known to deviate there, the first two tests are not judged. The third holds for any mapping: nothing
 * that was saved since the reboot may be there.
 */
function judgeObject({ scenario: accepted }: AcceptanceStory): void {
  for (const [nth, title] of [
    'what was saved before the reboot is what object 666 holds',
    'what is saved without a reboot is not yet what object 666 holds',
  ].entries()) {
    accepted.clause(
      'EX-APPLY',
      title,
      async (all) => {
        await runStory(all, all.arranged);
        expect(objectAfter(all.arranged, nth)).toEqual(extendedSamples);
      },
      { through: ['EX-APPLY-WIRE'] },
    );
  }

  accepted.clause('EX-APPLY', 'nothing that is saved without a reboot shows in object 666', async (all) => {
    await runStory(all, all.arranged);
    const known: readonly string[] = extendedSamples.flat();
    const early: readonly string[] = otherExtendedSamples.flat().filter((value) => !known.includes(value));
    expect(
      objectAfter(all.arranged, 1)
        .flat()
        .filter((value) => early.includes(value)),
    ).toEqual([]);
  });
}

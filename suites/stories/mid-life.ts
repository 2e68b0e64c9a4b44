import { expectNone, expectThat, type PlatformEvent } from '../../harness/jest/suite.ts';
import { networkSeconds, type StateStory } from './state-watch.ts';
import type { StoryBook } from './story-book.ts';
import type { RunnableStory } from './story-clauses.ts';
import { describeSeconds, isEvent, isRequest, requireOnWire } from './story-events.ts';
import type { UpdatesSeen } from './update-clauses.ts';

type Requested = Extract<PlatformEvent, { type: 'requested' }>;

/** A story in whose course settings were saved and erased without a reboot. */
interface MidLife extends UpdatesSeen {
  /** The numbers of the platform's last event before the erase, and before the saves. */
  readonly erasedAfter: number | undefined;
  readonly changedAfter: number;
}

/** What a request tells of the settings that the client follows. */
interface Followed {
  readonly appKey: string | undefined;
  readonly letter: string | undefined;
  readonly imei: string;
  readonly lifetime: string | undefined;
}

const UNKNOWN_KEY = 'encrypted with another key';

function followedBy({ request, endpoint }: Requested): Followed {
  const name = request.query.find((item) => /^epi?=/.test(item));
  const [letter, , appKey] = (name ?? '').replace(/^epi?=/, '').split('@#@');
  return {
    appKey,
    letter,
    imei: endpoint?.identity.imei1 ?? UNKNOWN_KEY,
    lifetime: request.query.find((item) => item.startsWith('lt=')),
  };
}

/** Requests that show other settings than those in use since the boot, in words. */
export function followedEarly(story: StateStory, changedAfter: number): readonly string[] {
  const requests = story.events.filter(
    (event): event is Requested => isRequest('register')(event) || isRequest('update')(event),
  );
  const first = requests.find(isRequest('register'));
  if (!first) return [];
  const before = followedBy(first);
  return requests
    .filter(({ number }) => number > changedAfter)
    .flatMap((request) => {
      const now = followedBy(request);
      const fields = (Object.keys(before) as (keyof Followed)[]).filter(
        // Only a registration has a lifetime; an update without a name shows nothing.
        (field) => now[field] !== before[field] && now[field] !== undefined && now[field] !== '',
      );
      const shown = request.request.query.some((item) => /^epi?=/.test(item)) ? fields : [];
      return shown.map(
        (field) => `${request.request.step}: ${field} was ${before[field]}, and is ${now[field]}`,
      );
    });
}

/**
 * From the last update that was accepted before the change to the next one, s of network time; undefined where none came.
 * A story that begins late finds updates that it did not wait for.
 */
export function nextUpdateAfterS({ events, clock }: StateStory, changedAfter: number): number | undefined {
  const last = events.findLast((event) => event.number <= changedAfter && event.type === 'updated');
  const next = events.find((event) => event.number > changedAfter && isRequest('update')(event));
  return last && next && networkSeconds(last.at, next.at, clock);
}

/** Whether the module is known to register again after a failure: it did so in a story of this run. */
export const triesAgain = (stories: readonly StateStory[]): boolean =>
  stories.some(({ events }) => {
    const failed = events.find(({ type }) => type === 'refused' || type === 'unanswered');
    return (
      failed !== undefined && events.some((one) => one.number > failed.number && isRequest('register')(one))
    );
  });

/** Judges that what was saved and erased in mid-life changes nothing on the wire. */
export function judgeMidLife<Result extends MidLife>(
  { scenario, runStory }: RunnableStory<Result>,
  book: StoryBook,
): void {
  scenario.clause(
    'CFG-APPLY-NOT-BEFORE',
    'server, period, credentials and mode that are saved or erased without a reboot change no update',
    async (all) => {
      const { updated, erasedAfter, changedAfter } = await runStory(all, all.arranged);
      const { toleranceS } = all.arranged;
      const last = requireOnWire(
        updated.at(-1),
        all.arranged,
        'the platform accepted no update before the settings were changed',
      );
      const afterS = nextUpdateAfterS(all.arranged, changedAfter);
      const { lifetimeS } = last.registration;
      expectThat('the next update after settings were saved without a reboot', {
        holds: afterS !== undefined && afterS <= lifetimeS + toleranceS,
        expected: `within ${describeSeconds(lifetimeS)}`,
        got: afterS === undefined ? 'no update' : `one after ${describeSeconds(afterS)}`,
      });
      expectNone(
        'settings that the client follows before the reboot',
        followedEarly(all.arranged, erasedAfter ?? changedAfter),
      );
    },
  );

  scenario.clause('CFG-APPLY-NOT-BEFORE', 'nor do they change the next registration', async (all) => {
    const { refused, changedAfter } = await runStory(all, all.arranged);
    requireOnWire(refused, all.arranged, 'the module sent no update that the platform could refuse');
    const registrations = all.arranged.events
      .filter(({ number }) => number > changedAfter)
      .filter(isRequest('register'));
    // A client may never try again; one that does so after other failures has gone to another server.
    if (registrations.length === 0 && !triesAgain(book.ended().filter((story) => story !== all.arranged)))
      requireOnWire(undefined, all.arranged, 'the module did not register again after a refused update');
    expectThat('the registration after a refused update', {
      holds: registrations.length > 0,
      expected: 'one',
      got: 'none',
    });
    expectNone(
      'settings that the client follows before the reboot',
      followedEarly(all.arranged, changedAfter),
    );
    const registered = all.arranged.events.filter(isEvent('registered')).length;
    expectThat('registrations of the story', {
      holds: registered > 1,
      expected: 'at least 2',
      got: registered,
    });
  });
}

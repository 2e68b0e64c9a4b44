import { expectNone, expectThat, notRun, type PlatformEvent } from '../../harness/jest/suite.ts';
import { networkSeconds, type StateStory } from './state-watch.ts';
import { judgeState, type RunnableStory } from './story-clauses.ts';
import { describeSeconds, isRequest, requireOnWire } from './story-events.ts';
import { UPDATES_S } from './story-waits.ts';

type EventOf<Type extends PlatformEvent['type']> = Extract<PlatformEvent, { type: Type }>;

/** What happened to the updates of a story. */
export interface UpdatesSeen {
  readonly registered: EventOf<'registered'> | undefined;
  readonly updated: readonly EventOf<'updated'>[];
  readonly refused: EventOf<'refused'> | undefined;
  /** How many updates the platform accepts. */
  readonly wanted: number;
}

const NO_REGISTRATION = 'the platform accepted no registration';

/** The first update request after this event. */
const updateAfter = (story: StateStory, { number }: PlatformEvent): EventOf<'requested'> | undefined =>
  story.events.filter(isRequest('update')).find((event) => event.number > number);

/** Where the platform told the client, last before a request, to send its updates. */
const locationAt = ({ events }: StateStory, { number }: PlatformEvent): string | undefined =>
  events.findLast(
    (event): event is EventOf<'registered'> => event.type === 'registered' && event.number < number,
  )?.registration.location;

/**
 * What was late or went astray: for each update, the time from the registration or the update before it, in words. An
 * update that never came is late, too. An update goes to the location that the answer to the registration names
 * (LwM2M 1.0.2 §5.3.2).
 */
export function lateUpdates(
  story: StateStory,
  { registered, updated }: Pick<UpdatesSeen, 'registered' | 'updated'>,
  wanted: number,
): readonly string[] {
  if (!registered) return [];
  const { clock, toleranceS } = story;
  const { lifetimeS } = registered.registration;
  return [registered, ...updated].slice(0, wanted).flatMap((last, nth) => {
    const request = updateAfter(story, last);
    if (!request) return [`update ${nth + 1} of ${wanted} never came`];
    if (request.request.path !== locationAt(story, request))
      return [`update ${nth + 1} went to another location than the one given at the registration`];
    const afterS = networkSeconds(last.at, request.at, clock);
    return afterS <= lifetimeS + toleranceS
      ? []
      : [`update ${nth + 1} came after ${describeSeconds(afterS)}`];
  });
}

/** A client that registers another lifetime than the one saved breaks WIRE-LIFETIME, and may be right with its updates. */
export function requireWaitedFor(lifetimeS: number): void {
  if (lifetimeS > UPDATES_S)
    notRun(`the lifetime registered, ${lifetimeS} s, is longer than the ${UPDATES_S} s waited for`);
}

/** Judges that updates come, go on, come in time, and cause their states. @param most how many a run in full accepts */
export function judgeUpdates<Result extends UpdatesSeen>(
  runnable: RunnableStory<Result>,
  most: number,
): void {
  const { scenario, runStory } = runnable;
  judgeState(runnable, {
    id: 'STATE-UPDATE',
    title: 'state 11 when the platform accepts an update',
    dmstate: 11,
    cause: ({ updated }) => updated[0],
    without: 'the platform accepted no update',
  });

  scenario.clause('STATE-UPDATE', 'updates go on, each within the lifetime', async (all) => {
    const { registered, updated, wanted } = await runStory(all, all.arranged);
    all.observe(
      'STATE-UPDATE.in-a-row',
      `${updated.length} accepted${wanted < most ? `; a release run waits for ${most}` : ''}`,
    );
    const { lifetimeS } = requireOnWire(registered, all.arranged, NO_REGISTRATION).registration;
    requireWaitedFor(lifetimeS);
    expectNone(
      `updates of a lifetime of ${lifetimeS} s that came late, astray or never`,
      // In a shortened run the update that the platform refuses is the second.
      lateUpdates(all.arranged, { registered, updated }, Math.max(wanted, 2)),
    );
  });

  scenario.clause(
    'STATE-UPDATE-TIME',
    'the first update comes between half the lifetime and all of it',
    async (all) => {
      const { registered } = await runStory(all, all.arranged);
      const accepted = requireOnWire(registered, all.arranged, NO_REGISTRATION);
      const { registration, at } = accepted;
      const { clock, toleranceS } = all.platform;
      const request = updateAfter(all.arranged, accepted);
      all.observe(
        'STATE.first-update-after',
        request
          ? `${describeSeconds(networkSeconds(at, request.at, clock))} (limits: ${registration.lifetimeS / 2} to ${registration.lifetimeS} s)`
          : 'none came',
      );
      const afterS = request && networkSeconds(at, request.at, clock);
      const { lifetimeS } = registration;
      if (!request) requireWaitedFor(lifetimeS);
      expectThat(`the first update of a lifetime of ${lifetimeS} s`, {
        holds:
          afterS !== undefined && afterS >= lifetimeS / 2 - toleranceS && afterS <= lifetimeS + toleranceS,
        expected: `after ${lifetimeS / 2} to ${lifetimeS} s`,
        got: afterS === undefined ? 'no update' : `one after ${describeSeconds(afterS)}`,
      });
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

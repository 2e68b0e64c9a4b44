import {
  type Arranged,
  expectNone,
  expectThat,
  type Fixtures,
  inconclusive,
  notRun,
  type RebootKind,
  type Scenario,
} from '../../harness/jest/suite.ts';
import type { Enrolment } from './enrolment.ts';
import { expectContact, expectKey, expectLifetime, expectName } from './expect-registration.ts';
import { expectSeen } from './expect-seen.ts';
import { isProvenFromModule, NEVER_REACHED } from './module-events.ts';
import { type StoryFixtures } from './once-per-story.ts';
import { steadyCommands, TOO_SLOW, unsteady } from './state-steady.ts';
import type { StateStory } from './state-watch.ts';
import { isRequest, requireOnWire } from './story-events.ts';

/** A story that several clauses share: its scenario (arrange, reboot), and the function that runs it afterwards. */
export interface RunnableStory<Result> {
  readonly scenario: Scenario<StateStory>;
  readonly runStory: (all: StoryFixtures, story: StateStory) => Promise<Result>;
}

interface StateClause<Result> {
  readonly id: string;
  readonly title: string;
  readonly dmstate: number;
  /** What must be seen on the wire before the state is due; undefined if it was not seen. */
  readonly cause: (result: Result) => unknown;
  /** The not-run reason if it was not seen. */
  readonly without: string;
}

/** Judges that a state is shown after its cause was seen at the platform. */
export function judgeState<Result>(
  { scenario, runStory }: RunnableStory<Result>,
  { id, title, dmstate, cause, without }: StateClause<Result>,
): void {
  scenario.clause(id, title, async (all: Fixtures & Arranged<StateStory>) => {
    requireOnWire(cause(await runStory(all, all.arranged)), all.arranged, without);
    expectSeen(all.arranged, dmstate);
  });
}

/**
 * Judges that the module reaches the platform at all. Silence fails it where the platform listens on this machine alone, or
 * where this module has reached it before; else it may be the network's.
 */
export function judgeReached<Result>({ scenario, runStory }: RunnableStory<Result>): void {
  scenario.clause('WIRE-REACHED', 'the module reaches the platform that was saved', async (all) => {
    await runStory(all, all.arranged);
    const { platform, arranged } = all;
    if (platform.events.some(isProvenFromModule(platform.events))) platform.remember();
    const contact = arranged.events.find(isRequest('register'));
    const isSilenceItsOwn = platform.onLoopback || platform.onThisMachine || platform.reachedBefore;
    if (!contact && !isSilenceItsOwn && !arranged.reached) inconclusive(NEVER_REACHED);
    expectThat('packets of the module at the platform', {
      holds: contact !== undefined,
      expected: 'a registration',
      got: 'none',
    });
  });
}

/**
 * Judges that the saved server is contacted after a reboot of this kind, whose words are `after`. A board that cannot reboot
 * so made a soft reset.
 */
export function judgeContact<Result>(
  { scenario, runStory }: RunnableStory<Result>,
  kind: RebootKind,
  after: string,
): void {
  scenario.clause('CFG-APPLY-WIRE', `the saved server is contacted after ${after}`, async (all) => {
    if (all.boot.kind !== kind) notRun(`this board cannot do ${after}`);
    await runStory(all, all.arranged);
    expectContact(all.arranged);
  });
}

/** Judges that the private key is in use. @param key the key, in words */
export function judgeKey<Result>(
  { scenario, runStory }: RunnableStory<Result>,
  { password }: Enrolment,
  key: string,
): void {
  scenario.clause('WIRE-KEY', `${key} decrypts the endpoint name`, async (all) => {
    await runStory(all, all.arranged);
    if (all.arranged.enrolment.password !== password)
      notRun('the module refused a private key of 32 characters, and the note states no length');
    expectKey(all.arranged);
  });
}

/** Judges that no command in between changed the state. @param when the time of the story, in words */
export function judgeSteady<Result>({ scenario, runStory }: RunnableStory<Result>, when: string): void {
  scenario.clause('STATE-STEADY', `no other command changes the state ${when}`, async (all) => {
    await runStory(all, all.arranged);
    if (all.arranged.disturbances.length === 0)
      requireOnWire(undefined, all.arranged, 'the module sent no registration');
    expectNone('commands that changed the access state', unsteady(all.arranged));
    // Not inconclusive: no result lies near a limit, but there was nothing to look at.
    if (steadyCommands(all.arranged) === 0) notRun(TOO_SLOW);
  });
}

/** Judges that the endpoint name holds what was saved. @param terminal the terminal type, in words */
export function judgeName<Result>(
  { scenario, runStory }: RunnableStory<Result>,
  { letter }: Enrolment,
  terminal: string,
): void {
  scenario.clause(
    'WIRE-TML',
    `${terminal} is ${letter} in the endpoint name; app key and IMEI stand in it`,
    async (all) => {
      await runStory(all, all.arranged);
      expectName(all.arranged, all.arranged.enrolment);
    },
  );
}

/** Judges that the registered lifetime is the saved period. @param period the period the story saved, s */
export function judgeLifetime<Result>({ scenario, runStory }: RunnableStory<Result>, period: number): void {
  scenario.clause(
    'WIRE-LIFETIME',
    `the lifetime registered follows a saved period of ${period} s`,
    async (all) => {
      await runStory(all, all.arranged);
      expectLifetime(all.arranged, period);
    },
  );
}

import type { Arranged, Fixtures, Scenario } from '../../harness/jest/suite.ts';
import type { Enrolment } from './enrolment.ts';
import { expectLifetime, expectName } from './expect-registration.ts';
import { expectSeen } from './expect-seen.ts';
import { type StoryFixtures } from './once-per-story.ts';
import type { StateStory } from './state-watch.ts';
import { requireOnWire } from './story-events.ts';

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

/** Judges that the endpoint name holds what was saved. @param terminal the terminal type, in words */
export function judgeName<Result>(
  { scenario, runStory }: RunnableStory<Result>,
  enrolment: Enrolment,
  terminal: string,
): void {
  const { letter } = enrolment;
  scenario.clause(
    'WIRE-TML',
    `${terminal} is ${letter} in the endpoint name; app key and IMEI stand in it`,
    async (all) => {
      await runStory(all, all.arranged);
      expectName(all.arranged, enrolment);
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

import type { Arranged, Fixtures, Scenario } from '../../harness/jest/suite.ts';
import type { Enrolment } from './enrolment.ts';
import { expectLifetime, expectName } from './expect-registration.ts';
import { expectSeen } from './expect-seen.ts';
import { type StoryFixtures } from './once-per-story.ts';
import type { StateStory } from './state-watch.ts';
import { requireOnWire } from './story-events.ts';

/** A story as its clauses share it: what was arranged and rebooted, and what is told of it then. */
export interface RunnableStory<Result> {
  readonly scenario: Scenario<StateStory>;
  readonly runStory: (all: StoryFixtures, story: StateStory) => Promise<Result>;
}

interface StateClause<Result> {
  readonly id: string;
  readonly title: string;
  readonly dmstate: number;
  /** What the wire has to have shown for the state to be due; undefined where it did not. */
  readonly cause: (result: Result) => unknown;
  /** Why the clause is not run where it did not. */
  readonly without: string;
}

/** A clause by which a state shows once its cause was seen at the platform. */
export function judgeState<Result>(
  { scenario, runStory }: RunnableStory<Result>,
  { id, title, dmstate, cause, without }: StateClause<Result>,
): void {
  scenario.clause(id, title, async (all: Fixtures & Arranged<StateStory>) => {
    requireOnWire(cause(await runStory(all, all.arranged)), all.arranged, without);
    expectSeen(all.arranged, dmstate);
  });
}

/** A clause by which the endpoint name holds what was saved. @param terminal the terminal type, in words */
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

/** A clause by which the lifetime registered is the period saved. @param period the one that the story enrolled with, s */
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

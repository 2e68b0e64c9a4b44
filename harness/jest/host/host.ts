import type { Fixtures } from './fixtures.ts';
import type { Profile } from './profile.ts';

/** What a board must be able to do for a test to be run. */
export type Need = 'reset' | 'supplyCut' | 'platform' | 'localCauses';

export interface ClauseOptions {
  /** The smallest profile that runs the test. Default: `nightly`. */
  readonly profile?: Profile;
  readonly needs?: readonly Need[];
  /** ms. Default: 30 s. */
  readonly deadlineMs?: number;
  /** The test judges what the run has seen before it and sends nothing, so a second attempt would fail again. */
  readonly hindsight?: boolean;
  /**
   * E and I clauses that the test also judges, because it can see its other clauses only through them. If one of them
   * is a known deviation of the rig's firmware and an expectation fails, the other clauses cannot be judged: the test is
   * observed. A save or an erase that is refused fails the other clauses alone, since nothing was read; any other command
   * that is refused or not answered still fails them all.
   */
  readonly through?: readonly string[];
  /** Network time of the module that the test may take in addition, s: hours on a real board, seconds on a fast one. */
  readonly networkS?: number;
}

export type Body = (fixtures: Fixtures) => Promise<void>;

/** Something prepared once for several clauses; the same object in each of their specs. */
export interface Preparation {
  /** How many clauses judge it; complete before the first of them is run. */
  readonly clauses: number;
}

export interface ClauseSpec extends ClauseOptions {
  readonly clauses: readonly string[];
  readonly title: string;
  readonly body: Body;
  /** What its expectations looked at and found as expected, in the attempt that runs. */
  readonly held?: Set<string>;
  /** The preparation that the test judges together with others: those that fail are run again after the last of them. */
  readonly shares?: Preparation;
}

/** Receives the clauses of a suite file: the Jest environment runs them, the collector lists them. */
export interface SuiteHost {
  clause(spec: ClauseSpec): void;
  /** An expectation held; absent where nobody wants to know. @param what what it looked at */
  holds?(what: string): void;
}

/** A test's name, unique in a run. */
export const testName = (file: string, title: string): string => `${file} › ${title}`;

let host: SuiteHost | undefined;

/** Gives the suite files that are loaded from now on their host. */
export function installHost(newHost: SuiteHost): void {
  host = newHost;
}

/** Undefined where none was installed. */
export const currentHost = (): SuiteHost | undefined => host;

/** How a test case stands in the file. */
export type CaseStatus = 'passed' | 'failure' | 'error' | 'skipped';

/** Why a test case did not pass. */
interface CaseOutcome {
  /** The verdict; absent for a skip. */
  readonly type?: string;
  /** One line. */
  readonly message: string;
  /** Some viewers show only this. */
  readonly body: string;
}

/** An attempt beside the one that decided: what a viewer lists as a retry. */
export interface CaseRerun {
  readonly type: string;
  readonly message: string;
  readonly stackTrace: string;
}

/** A test case of the file; its texts hold only what XML can. */
export interface JunitCase {
  readonly classname: string;
  readonly name: string;
  readonly status: CaseStatus;
  /** Present unless it passed. */
  readonly outcome?: CaseOutcome;
  readonly reruns: readonly CaseRerun[];
  readonly durationMs: number;
  /** Unix time, ms; absent for a test that was not begun. */
  readonly startedAt?: number;
  readonly file: string;
  readonly line: number;
  /** Names may be repeated. */
  readonly properties: readonly (readonly [name: string, value: string])[];
  /** Lines; empty: none. */
  readonly systemOut: readonly string[];
}

/** The test cases of a suite file. */
export interface JunitSuite {
  readonly name: string;
  /** Unix time, ms. */
  readonly startedAt: number;
  readonly cases: readonly JunitCase[];
  readonly properties: readonly (readonly [name: string, value: string])[];
}

/** What `junit.xml` says of a run. */
export interface JunitRun {
  readonly name: string;
  readonly durationMs: number;
  readonly hostname?: string;
  readonly suites: readonly JunitSuite[];
}

/**
 * Rig and suite as a class: viewers draw a tree from it, with the part after the last dot as the class. It has no
 * revision, since GitLab and Jenkins find a test's history by it, which is to survive a new firmware.
 */
export const classNameOf = (rig: string, suite: string): string =>
  [rig, suite].map((part) => part.replaceAll('.', '-')).join('.');

/** A suite file without what all of them end in. */
export const suiteNameOf = (file: string): string => file.replace(/\.suite\.ts$/, '');

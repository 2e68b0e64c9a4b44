import type { ExchangeFacts } from '../../../reports/record/entry.ts';
import type { TimingStatement } from '../../../reports/record/timing.ts';
import type { Capabilities, LocalCause } from '../../../rigs/control/control.ts';
import type { SendOptions, Transcript } from '../../at/at-client.ts';
import type { Exchange } from '../../at/exchange.ts';
import type { Identity } from '../../bc26/identity.ts';
import type { RebootOptions } from '../../bc26/module.ts';
import type { Rebooted, RebootKind } from '../../bc26/reboot.ts';
import type { Access } from '../../cmdmp/access.ts';
import type { Extended } from '../../cmdmp/extended.ts';
import type { Snapshot } from '../../cmdmp/snapshot.ts';
import type { TestPlatform } from '../fixtures/rig-platform.ts';

/** Which runs a test belongs to; each profile runs what the ones before it run. */
export type Profile = 'smoke' | 'nightly' | 'release';
export const profiles: readonly Profile[] = ['smoke', 'nightly', 'release'];

/** The module, for the length of one test: when the test ends, every pending and later call rejects. */
export interface TestModule {
  /** Any command line; an error answer is an exchange like any other. */
  at(command: string, options?: SendOptions): Promise<Exchange>;
  /** Raw bytes, for what is no command line. */
  transmit(
    bytes: Uint8Array,
    until: { finals: number; quietMs: number; deadlineMs: number },
  ): Promise<Transcript>;
  /** Resolves when nothing has come for `quietMs`; rejects LINE_NOT_IDLE after `deadlineMs`. */
  idle(quietMs: number, deadlineMs: number): Promise<void>;
  /**
   * The whole configuration of both commands. Read anew only when something was sent since it was read last:
   * a module that nobody spoke to has nothing new to show.
   */
  snapshot(): Promise<Snapshot>;
  readonly access: Access;
  readonly extended: Extended;
  readonly identity: Identity;
  /**
   * Whether the firmware has a command at all, `AT+QDMPCFG` or `AT+QDMPCFGEX`: tests that are about one of them
   * leave the records of the other out where it has not.
   */
  readonly has: (command: string) => boolean;
}

export interface TestBoard {
  readonly capabilities: Capabilities;
  /** T: a saved value has to survive a supply cut that comes this long after OK, ms. */
  readonly durableMs: number;
  /** Brings about what no server can; only for tests that need it (`needs: ['localCauses']`). */
  provoke(cause: LocalCause, present: boolean): Promise<void>;
  /**
   * Waits until the module is registered with a network. The limit is the rig's (NETWORK_NOT_ATTACHED after it), and
   * the test's own deadline stands still: no module is blamed for a network.
   */
  attached(): Promise<void>;
  /**
   * Reboots the module, unless it would then contact strangers: any server that is neither the rig's
   * platform nor in 192.0.2.0/24.
   * Suites reboot through `scenario`, where much is arranged before and judged after.
   */
  reboot(kind: RebootKind, options?: TestRebootOptions): Promise<Rebooted>;
}

export interface TestRebootOptions extends RebootOptions {
  /**
   * A command line given right before the reboot, once all that was saved before it is durable: what the supply
   * is cut into. It has to be answered OK.
   */
  readonly last?: string | undefined;
  /** For `supply-cut`: how long after the last answer the supply is cut, ms; `durableMs` unless told. */
  readonly cutAfterMs?: number | undefined;
}

/** What the run knows so far; for clauses that every exchange judges. */
export interface RunSoFar {
  readonly profile: Profile;
  readonly seed: number;
  readonly exchanges: readonly ExchangeFacts[];
  readonly reboots: readonly Rebooted[];
  /** Answers whose framing or number of final results was wrong, in words. */
  readonly lineFaults: readonly LineFault[];
  /**
   * How the answers to one of the two commands stand against its limit, reads and writes apart: what the profile
   * asks to be said, and how many answers are missing for it.
   */
  timing(command: string): readonly TimingStatement[];
}

export interface LineFault {
  readonly clause: 'AT-FRAME' | 'AT-ONE-FINAL' | 'BOOT-ALIVE';
  readonly text: string;
}

export interface Fixtures {
  readonly module: TestModule;
  readonly board: TestBoard;
  readonly run: RunSoFar;
  /** The rig's own platform; only for tests that need it (`needs: ['platform']`). */
  readonly platform: TestPlatform;
  /** Records behaviour where the note is silent: a stable key, the value word for word. */
  readonly observe: (key: string, value: string) => void;
  readonly signal: AbortSignal;
  /** 1, or 2 when a failed test is run again. */
  readonly attempt: number;
}

/** What a board must be able to do for a test to be run. */
export type Need = 'reset' | 'supplyCut' | 'platform' | 'localCauses';

export interface ClauseOptions {
  /** The smallest profile that runs the test; `nightly` unless told. */
  readonly profile?: Profile;
  readonly needs?: readonly Need[];
  /** ms; 30 s unless told. */
  readonly deadlineMs?: number;
  /** It judges what the run has seen before it and asks the module nothing: run again it would fail of the same. */
  readonly hindsight?: boolean;
  /**
   * E and I clauses by which alone the test can see what it judges; it judges them, too. Where one of them is a known
   * deviation of the rig's firmware, an expectation that is disappointed says nothing of the other clauses: for those
   * the test is not run. A command that is refused or not answered fails them all the same.
   */
  readonly through?: readonly string[];
  /** Seconds of the module's network time on top of it: hours on a real board, moments on an accelerated one. */
  readonly networkS?: number;
}

export type Body = (fixtures: Fixtures) => Promise<void>;

/** What is prepared once for several clauses; the same object in each of their specs. */
export interface Preparation {
  /** How many clauses judge it: all of them are known before the first is run. */
  readonly clauses: number;
}

export interface ClauseSpec extends ClauseOptions {
  readonly clauses: readonly string[];
  readonly title: string;
  readonly body: Body;
  /** Where it judges a preparation together with others: those of them that fail are run again after the last. */
  readonly shares?: Preparation;
}

/** Who receives the clauses of a suite file: the Jest environment runs them, the collector lists them. */
export interface SuiteHost {
  clause(spec: ClauseSpec): void;
}

/** A test's name, unique in a run. */
export const testName = (file: string, title: string): string => `${file} › ${title}`;

const key: unique symbol = Symbol.for('bc26-hil.suite-host') as never;

interface Global {
  [key]?: SuiteHost;
}

/** Puts the host where the suites of this realm find it: `globalThis` of the tests or of the collector. */
export function installHost(global: object, host: SuiteHost): void {
  (global as Global)[key] = host;
}

/** The host of this realm, or undefined where suites are loaded by nobody. */
export const currentHost = (): SuiteHost | undefined => (globalThis as Global)[key];

import type { CutSweep, ExchangeFacts, Silence } from '../../../reports/record/entry.ts';
import type { TimingStatement } from '../../../reports/record/timing.ts';
import type { Capabilities, LocalCause } from '../../../rigs/control/control.ts';
import type { SendOptions, Transcript } from '../../at/at-client.ts';
import type { Exchange } from '../../at/exchange.ts';
import type { Clock } from '../../base/clock.ts';
import type { Identity } from '../../bc26/identity.ts';
import type { RebootOptions } from '../../bc26/module.ts';
import type { Rebooted, RebootKind } from '../../bc26/reboot.ts';
import type { Access } from '../../cmdmp/access.ts';
import type { Extended } from '../../cmdmp/extended.ts';
import type { Snapshot } from '../../cmdmp/snapshot.ts';
import type { TestPlatform } from './platform.ts';
import type { Profile } from './profile.ts';

/** What the body of a test gets. */
export interface Fixtures {
  readonly module: TestModule;
  readonly board: TestBoard;
  readonly run: RunSoFar;
  /** The rig's own platform; only for tests that need it (`needs: ['platform']`). */
  readonly platform: TestPlatform;
  /** Records behaviour where the note is silent, under a stable key; the value is kept unchanged. */
  readonly observe: (key: string, value: string) => void;
  /** Records a sweep of supply cuts; the page of the run shows it. */
  readonly recordSweep: (sweep: CutSweep) => void;
  readonly signal: AbortSignal;
  /** 1; 2 when a failed test is run again; 3 when it is run again from the same history. */
  readonly attempt: number;
}

/** The module, for the length of one test: when the test ends, every pending and later call rejects. */
export interface TestModule {
  /** Sends any command line; an error answer is an exchange like any other. */
  at(command: string, options?: SendOptions): Promise<Exchange>;
  /** Sends raw bytes, for input that is not a command line. */
  transmit(
    bytes: Uint8Array,
    until: { finals: number; quietMs: number; deadlineMs: number },
  ): Promise<Transcript>;
  /** Resolves when no byte has come for `quietMs`; rejects LINE_NOT_IDLE after `deadlineMs`. */
  idle(quietMs: number, deadlineMs: number): Promise<void>;
  /** The whole configuration of both commands. Read again only if something was sent since the last reading. */
  snapshot(): Promise<Snapshot>;
  readonly access: Access;
  readonly extended: Extended;
  readonly identity: Identity;
  /**
   * Whether the firmware has a command at all, `AT+QDMPCFG` or `AT+QDMPCFGEX`. A test about one of them leaves out
   * the records of the other where the firmware does not have it.
   */
  readonly has: (command: string) => boolean;
}

export interface TestBoard {
  readonly capabilities: Capabilities;
  /** T: a saved value has to survive a supply cut that comes this long after OK, ms. */
  readonly durableMs: number;
  /** Switches a local cause on or off; only for tests that need it (`needs: ['localCauses']`). */
  provoke(cause: LocalCause, present: boolean): Promise<void>;
  /**
   * Waits until the module is registered with a network. The limit is the rig's (then NETWORK_NOT_ATTACHED). The test's
   * own deadline stands still meanwhile, so that a slow network is not blamed on the module.
   */
  attached(): Promise<void>;
  /**
   * Why the client of a sound module may be idle: SIM or network are none of China Mobile's. In words; known from the first
   * `attached` on, and undefined where nothing says so.
   */
  readonly idleBecause: string | undefined;
  /**
   * Reboots the module, unless it would then contact strangers (harness/README.md, "No test contacts strangers").
   * Suites reboot through `scenario`, which arranges before the reboot and judges after it.
   */
  reboot(kind: RebootKind, options?: TestRebootOptions): Promise<Rebooted>;
  /**
   * Sends a save once everything saved earlier is durable, cuts the supply at the moment, and boots; as `reboot` otherwise.
   * @throws AT_REFUSED where the save was not answered OK before the cut, but by an error
   */
  cutSave(command: string, moment: CutMoment): Promise<CutSave>;
}

/** When a supply is cut, ms: counted from the save's last byte (negative: before it), or from its OK. */
export type CutMoment = { readonly afterByteMs: number } | { readonly afterOkMs: number };

/** A supply cut around the end of a save. */
export interface CutSave {
  readonly boot: Rebooted;
  /** When the cut was asked for, ms after the save's last byte was sent. */
  readonly cutMs: number;
  /** When its OK came; undefined if the supply was cut before. */
  readonly okMs: number | undefined;
}

export interface TestRebootOptions extends Pick<RebootOptions, 'cutAfterMs'> {
  /**
   * The last command before the reboot, sent once everything saved earlier is durable: the supply is cut while this one
   * is being saved. It has to be answered OK.
   */
  readonly last?: string | undefined;
  /** For `supply-cut`: how long after the last answer the supply is cut, ms. Default: `durableMs`. */
  readonly cutAfterMs?: number | undefined;
}

/** What the run has seen so far; for clauses that every exchange judges. */
export interface RunSoFar {
  readonly profile: Profile;
  readonly seed: number;
  /** The run's time, which in a replay is that of the trace. */
  readonly clock: Pick<Clock, 'now'>;
  readonly exchanges: readonly ExchangeFacts[];
  readonly reboots: readonly Rebooted[];
  /** Inputs after which the module fell silent until it was booted. */
  readonly silences: readonly Silence[];
  /** Wrong framing, lines after a final result, unexpected restarts, private keys that were shown, readings that differ by themselves. */
  readonly lineFaults: readonly LineFault[];
  /** The answers to the two commands, and how many had more empty lines than the framing needs. */
  readonly answers: { readonly all: number; readonly withEmptyLines: number };
  /**
   * How the answers to one of the two commands stand against its time limit, reads and writes apart: the statement that
   * the profile asks for, and how many answers are missing for it.
   */
  timing(command: string): readonly TimingStatement[];
}

export interface LineFault {
  readonly clause:
    | `CFG-QUERY-${string}`
    | `EX-READ-${string}`
    | 'CFG-READ'
    | 'AT-FRAME'
    | 'AT-ONE-FINAL'
    | 'BOOT-ALIVE'
    | 'CFG-MASK'
    | 'CFG-OK-ALONE'
    | 'EX-OK-ALONE';
  readonly text: string;
}

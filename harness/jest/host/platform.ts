import type { PlatformEvent } from '../../platform/lwm2m/events.ts';
import type { Platform } from '../../platform/platform.ts';

/**
 * The test platform as suites see it. Times are those of the module's network: one real second is `clock` seconds of
 * network time.
 */
export interface TestPlatform extends Pick<
  Platform,
  | 'answerRegister'
  | 'answerUpdate'
  | 'answerDeregister'
  | 'answerRead'
  | 'resetAnswers'
  | 'events'
  | 'last'
  | 'packets'
  | 'registrations'
  | 'stopReading'
> {
  /** The address and port that a suite saves in the module. */
  readonly serverIP: string;
  readonly serverPort: number;
  /**
   * Whether the module is emulated on this machine and was given the address that the platform listens on, so that its
   * packets arrive. Over the air only the module's own packets show that it can reach the platform.
   */
  readonly onThisMachine: boolean;
  /**
   * Whether the platform listens on this machine alone, at the address that the module is given: a module that does not
   * reach it is not somewhere else.
   */
  readonly onLoopback: boolean;
  /** Whether this module has reached this platform from this rig before, in this run or an earlier one (`remember`). */
  readonly reachedBefore: boolean;
  /** Keeps for later runs that the module has reached the platform. */
  remember(): void;
  /** Network seconds per second. */
  readonly clock: number;
  /** By how much a network time measured here may be wrong, s: the rig's setting, plus our own error times `clock`. */
  readonly toleranceS: number;
  /**
   * Waits so many seconds of the module's network time, for pacing alone.
   * @throws ABORTED
   */
  pause(networkS: number): Promise<void>;
  /**
   * The first event after number `after` that satisfies the predicate.
   * @throws PLATFORM_TIMEOUT after `networkS` seconds of the module's network time; ABORTED
   */
  waitFor<E extends PlatformEvent>(
    predicate: (event: PlatformEvent) => event is E,
    options: { readonly networkS: number; readonly after: number; readonly what: string },
  ): Promise<E>;
}

import type { Control } from '../../rigs/control/control.ts';
import type { Port } from '../../rigs/port/port.ts';
import type { AtClient } from '../at/at-client.ts';
import type { Clock } from '../base/clock.ts';
import type { TraceSink } from '../base/trace.ts';
import type { Identity, IdentityGuard } from './identity.ts';

/** Time limits around a boot, ms. */
export interface BootTiming {
  /** A boot that takes longer is noted in the trace. */
  readonly softMs: number;
  /** A boot that takes longer has failed: BOOT_TIMEOUT. */
  readonly hardMs: number;
  /** How long one `AT` may stay unanswered before the next is sent. */
  readonly retryMs: number;
  /** The line counts as idle after this long without a byte. */
  readonly quietMs: number;
  /** How long the line may take to become idle, once the module answers. */
  readonly idleMs: number;
  /** How long an orderly power-off may take. */
  readonly powerOffMs: number;
  /** How long a module that has named itself may go on refusing what it is not made ready by. */
  readonly refusingMs: number;
  /** The least time from one boot to the next (rig file, `module.rebootIntervalMs`). */
  readonly rebootIntervalMs: number;
}

/**
 * `softMs`, `hardMs`: no boot time is documented; the boot loader arms a 30 s watchdog (BC26.md §1).
 * `retryMs`: the AT manual's longest response time, so that a slow answer is not taken for the answer to the next `AT`.
 * `quietMs`: hundreds of character times at 115200 baud; gaps inside an answer are shorter.
 * `powerOffMs`: VDD_EXT falls 1.02 s after `AT+QPOWD=0` (BC26.md §1); after ten times that, the module stays on.
 * `refusingMs`: modules of other makes refuse commands for 4 s after a boot (BC26.md §1).
 */
export const defaultBootTiming: BootTiming = {
  softMs: 10_000,
  hardMs: 30_000,
  retryMs: 300,
  quietMs: 50,
  idleMs: 5_000,
  powerOffMs: 10_000,
  refusingMs: 5_000,
  rebootIntervalMs: 0,
};

/**
 * Power saving that was found on and was switched off. Key: its command; value: the command lines that switch it on
 * again as it was.
 */
export type PowerSavingFound = Map<string, readonly string[]>;

/** What the boots of one session have shown of the module. Bring-up fills it; the next boot is shorter for it. */
export interface Learned {
  /** As it was read last, by answers that agreed. */
  identity?: Identity;
  /** The longest that an `AT` was seen to take, ms; 0 while all of them were answered in time. */
  answerMs: number;
  /** What the firmware refuses for good: it is asked once after later boots. */
  readonly refused: Set<string>;
  /** The module goes on echoing after `ATE0`. */
  echoes: boolean;
  /** When the last boot began, ns; undefined before the first that was seen or started. */
  bootedAt?: bigint;
  /** How long boots were waited for, so that they are `rebootIntervalMs` apart, ms: one entry per wait. */
  readonly rebootWaitsMs: number[];
}

export const nothingLearned = (): Learned => ({
  answerMs: 0,
  refused: new Set(),
  echoes: false,
  rebootWaitsMs: [],
});

export interface Bench {
  readonly at: AtClient;
  readonly control: Control;
  readonly clock: Clock;
  readonly trace: TraceSink;
  readonly port: Pick<Port, 'path' | 'baud'>;
  readonly timing: BootTiming;
  readonly learned: Learned;
  /** Tells people what is waited for. */
  readonly say?: ((text: string) => void) | undefined;
  /** The module the rig is for. Power saving outlives a reboot, so that of another module is not changed. */
  readonly guard?: IdentityGuard;
  /** Filled with the power saving that was found on, for `switchOnPowerSaving`; without it power saving stays off. */
  readonly powerSaving?: PowerSavingFound;
  /** The adapter vanishes with the supply (`serial.reopen`): a boot text may come while it is away. */
  readonly reopens?: boolean;
}

/**
 * How long one `AT` may stay unanswered, ms: for a module that was seen to be slow, three times its slowest answer.
 * Otherwise each of its answers would be taken for that to the next `AT`.
 */
export const retryMsOf = ({ timing, learned }: Pick<Bench, 'timing' | 'learned'>): number =>
  Math.max(timing.retryMs, 3 * learned.answerMs);

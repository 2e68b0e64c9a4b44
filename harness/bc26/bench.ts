import type { Control } from '../../rigs/control/control.ts';
import type { Port } from '../../rigs/port/port.ts';
import type { AtClient } from '../at/at-client.ts';
import type { Clock } from '../base/clock.ts';
import type { TraceSink } from '../base/trace.ts';
import type { IdentityGuard } from './identity.ts';

/** How long things around a boot may take, ms. */
export interface BootTiming {
  /** A boot that takes longer than this is noted in the trace. */
  readonly softMs: number;
  /** A boot that takes longer than this has failed: BOOT_TIMEOUT. */
  readonly hardMs: number;
  /** How long one `AT` may stay unanswered before the next is sent. */
  readonly retryMs: number;
  /** The line counts as idle after this long without a byte. */
  readonly quietMs: number;
  /** How long the line may take to become idle, once the module answers. */
  readonly idleMs: number;
  /** How long an orderly power-off may take. */
  readonly powerOffMs: number;
}

/**
 * `softMs`, `hardMs`: no boot time is documented; the boot loader arms a 30 s watchdog (BC26.md §1).
 * `retryMs`: the AT manual's longest response time, so that a slow answer is not taken for the next one's.
 * `quietMs`: hundreds of character times at 115200 baud, and no gap inside an answer is as long.
 * `powerOffMs`: VDD_EXT falls 1.02 s after `AT+QPOWD=0` (BC26.md §1); ten times that is a module that stays on.
 */
export const defaultBootTiming: BootTiming = {
  softMs: 10_000,
  hardMs: 30_000,
  retryMs: 300,
  quietMs: 50,
  idleMs: 5_000,
  powerOffMs: 10_000,
};

/**
 * Power saving that was found on and was switched off. Key: its command; value: the command lines that switch it on
 * again as it was.
 */
export type PowerSavingFound = Map<string, readonly string[]>;

/** What bringing up and rebooting a module needs. */
export interface Bench {
  readonly at: AtClient;
  readonly control: Control;
  readonly clock: Clock;
  readonly trace: TraceSink;
  readonly port: Pick<Port, 'path' | 'baud'>;
  readonly timing: BootTiming;
  /** The module the rig is for: no other's power saving is touched, since that outlives a reboot. */
  readonly guard?: IdentityGuard;
  /** Keeps what power saving was found on, for `switchOnPowerSaving` at the end; without it what was on stays off. */
  readonly powerSaving?: PowerSavingFound;
  /** The adapter goes with the supply (`serial.reopen`): a boot text may come while it is away. */
  readonly reopens?: boolean;
}

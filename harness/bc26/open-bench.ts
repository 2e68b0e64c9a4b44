import type { Board } from '../../rigs/board.ts';
import type { RigFile } from '../../rigs/file/rig-file.ts';
import { type AtClientOptions, createAtClient } from '../at/client.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import type { TraceSink } from '../base/trace.ts';
import { type Bench, defaultBootTiming, nothingLearned } from './bench.ts';

export interface BenchOptions {
  readonly rig: Pick<RigFile, 'module' | 'serial'>;
  /** The opened board. Its port may be a watched one (`Saves.port`), so that what is written is seen there. */
  readonly board: Pick<Board, 'port' | 'control'>;
  readonly trace: TraceSink;
  /** How errors show a command. It takes private keys out, so every caller has to name it. */
  readonly shown: (command: string) => string;
  /** The emulated module's own record of late answers; absent on other boards. */
  readonly disturbanceOf?: AtClientOptions['disturbanceOf'] | undefined;
  /** Receives the power saving that the module had, so that it can be switched on again; without it, it stays off. */
  readonly powerSaving?: Bench['powerSaving'];
  /** Tells people what is waited for. */
  readonly say?: Bench['say'];
  /** Default: the system's clock. */
  readonly clock?: Clock;
}

/**
 * Puts an AT client on an opened board and adds what bring-up and reboots need from the rig file: the boot deadline,
 * the identity guard and whether the adapter goes with the supply.
 *
 * Call it before the module is powered, so that no byte of the boot is missed. Nothing is sent yet; `start` brings the
 * module up. The caller closes `bench.at`, then puts the board at rest and closes it.
 */
export function openBench(options: BenchOptions): Bench {
  const { rig, board, trace, shown, disturbanceOf, powerSaving, say, clock = systemClock } = options;
  const { port, control } = board;
  const at = createAtClient({ port, clock, trace, shown, ...(disturbanceOf && { disturbanceOf }) });
  const learned = nothingLearned();
  at.onBoot((boot) => (learned.bootedAt = boot.at));
  const { bootDeadlineMs, rebootIntervalMs } = rig.module;
  return {
    at,
    control,
    clock,
    trace,
    port,
    timing: { ...defaultBootTiming, hardMs: bootDeadlineMs, rebootIntervalMs },
    learned,
    say,
    guard: rig.module,
    reopens: rig.serial.reopen,
    ...(powerSaving && { powerSaving }),
  };
}

import { constants } from 'node:fs';
import { type FileHandle, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

import type { Clock } from '../../harness/base/clock.ts';
import { HilError, messageOf } from '../../harness/base/error.ts';
import { makeFolder } from '../../harness/base/make-folder.ts';
import type { EmulatorKeys } from '../file/rig-file.ts';
import { emulatedCapabilities } from './capabilities.ts';
import type { Control, LocalCause, Truth } from './control.ts';
import { toTruth } from './emulator-message.ts';
import { type EmulatorProcess, startEmulator, waitForReply } from './emulator-process.ts';

interface EmulatorOptions {
  readonly control: EmulatorKeys;
  readonly baud: number;
  /** Network seconds per second. */
  readonly networkClock: number;
  /** Used if the rig file gives no seed. */
  readonly seed: number;
  /** Where its folder (control FIFO, NVRAM) is created, and removed again. */
  readonly runFolder: string;
  readonly clock: Clock;
}

/** ms; a control line takes some milliseconds, a key's pulse half a second. */
const lineLimitMs = 5_000;

/** ms; the system closes a program's pseudo-terminal before its parent hears of its end. */
const endLimitMs = 1_000;

/** The emulated module's settings for local conditions. */
const provocations: Record<LocalCause, { readonly present: string; readonly absent: string }> = {
  'connect-failed': { present: 'socket fails', absent: 'socket opens' },
  'updates-unsent': { present: 'updates suppressed', absent: 'updates sent' },
};

function argumentsOf({ control, baud, networkClock, seed }: EmulatorOptions, dir: string): string[] {
  return [
    ...['--dir', dir, '--baud', `${baud}`, '--clock', `${networkClock}`, '--seed', `${control.seed ?? seed}`],
    ...control.faults.flatMap((id) => ['--fault', id]),
    ...Object.entries(control.settings).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
    ...(control.nvram === undefined ? [] : ['--nvram', control.nvram]),
  ];
}

class EmulatorControl implements Control {
  readonly driver = 'emulator';
  readonly capabilities = emulatedCapabilities;
  readonly #emulator: EmulatorProcess;
  readonly #fifo: FileHandle;
  readonly #dir: string;
  readonly #clock: Clock;
  #closed: Promise<void> | undefined;

  constructor(emulator: EmulatorProcess, fifo: FileHandle, dir: string, clock: Clock) {
    this.#emulator = emulator;
    this.#fifo = fifo;
    this.#dir = dir;
    this.#clock = clock;
  }

  on = (): Promise<void> => this.#line('on');
  off = (): Promise<void> => this.#line('off');
  reset = (): Promise<void> => this.#line('reset');
  powerKey = (): Promise<void> => this.#line('power-key');
  rest = (): Promise<void> => this.#line('rest');
  provoke = (cause: LocalCause, present: boolean): Promise<void> =>
    this.#line(`set ${provocations[cause][present ? 'present' : 'absent']}`);

  ended = (): Promise<HilError | undefined> => this.#emulator.ended(endLimitMs);

  async powered(): Promise<boolean> {
    this.#refuseWhenGone();
    return (await readFile(path.join(this.#dir, 'powered'), 'latin1')).trim() === '1';
  }

  onTruth(listener: (truth: Truth) => void): () => void {
    return this.#emulator.onMessage((message) => {
      if (message.type === 'answer') listener(toTruth(message));
    });
  }

  close(): Promise<void> {
    this.#closed ??= this.#release();
    return this.#closed;
  }

  async #release(): Promise<void> {
    await this.#fifo.close();
    await this.#emulator.end();
    await rm(this.#dir, { recursive: true, force: true });
  }

  #refuseWhenGone(): void {
    if (this.#emulator.gone) throw this.#emulator.gone;
  }

  /** Writes one control line and waits until it has taken effect. */
  async #line(line: string): Promise<void> {
    this.#refuseWhenGone();
    const acknowledged = waitForReply(this.#emulator, this.#clock, {
      accept: (message) => message.type === 'control' && message.line === line && message,
      limitMs: lineLimitMs,
      code: 'CONTROL_TIMEOUT',
      late: `the emulator did not acknowledge '${line}' within ${lineLimitMs} ms`,
    });
    // A line is far shorter than PIPE_BUF, so it is written whole or, if the program has ended, not at all. In that
    // case the wait for the acknowledgement rejects with the reason.
    this.#fifo.write(`${line}\n`).catch(() => {});
    const { error } = await acknowledged;
    if (error !== undefined) throw new HilError('CONTROL_FAILED', `the emulator refused '${line}': ${error}`);
  }
}

async function openFifo(dir: string): Promise<FileHandle> {
  const fifo = path.join(dir, 'control');
  try {
    // Without O_NONBLOCK, opening would wait for a reader, perhaps forever.
    return await open(fifo, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw new HilError(
      'EMULATOR_FAILED',
      `cannot open the emulator's control FIFO ${fifo}: ${messageOf(error)}`,
      {
        cause: error,
      },
    );
  }
}

/**
 * Starts an emulated board, unpowered, and drives it by lines through its control FIFO. Each call waits until its line
 * has taken effect: CONTROL_TIMEOUT after 5 s, CONTROL_FAILED if it is refused. After the program has ended by itself,
 * every call rejects EMULATOR_FAILED with the program's last output. `device` is the emulated serial device.
 */
export async function openEmulatorControl(
  options: EmulatorOptions,
): Promise<{ control: Control; device: string }> {
  const { runFolder, clock } = options;
  makeFolder(runFolder);
  const dir = await mkdtemp(path.join(path.resolve(runFolder), 'emulator-'));
  let emulator: EmulatorProcess | undefined;
  try {
    emulator = await startEmulator(argumentsOf(options, dir), clock);
    const fifo = await openFifo(dir);
    return { control: new EmulatorControl(emulator, fifo, dir, clock), device: emulator.device };
  } catch (error) {
    await emulator?.end();
    await rm(dir, { recursive: true, force: true });
    throw error;
  }
}

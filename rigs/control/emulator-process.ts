import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import type { Clock } from '../../harness/base/clock.ts';
import { type ErrorCode, HilError } from '../../harness/base/error.ts';
import { Listeners, Once } from '../../harness/base/listeners.ts';
import { waitToSettle } from '../../harness/base/wait-to-settle.ts';
import type { EmulatorMessage } from '../emulator/base/protocol.ts';
import { readMessage } from './emulator-message.ts';
import { keepExcerpt } from './programs/excerpt.ts';

/** The program; beside this file's folder, and started, never imported. */
const program = path.resolve(import.meta.dirname, '../emulator/main.mjs');

/** Two cores shared with a test run: a loader, a PTY and the command tables take about a second on them. */
const startLimitMs = 15_000;

/** It ends at once when it is told to; the kill is for one that hangs. */
const endLimitMs = 2_000;

/** A pipe's rest is there at once; a grandchild that holds the pipe open must not hold us up. */
const lastWordsLimitMs = 200;

/** Its refusals are one line: a name of 60 characters, and three of its own near it. */
const refusalChars = 300;

/** The running emulator program. */
export interface EmulatorProcess {
  /** The emulated module's serial device. */
  readonly device: string;
  /** Why it is gone, once it is. */
  readonly gone: HilError | undefined;
  /** Why it is gone, with its last words, when it is or is about to be; undefined when it is not after `ms`. */
  ended(ms: number): Promise<HilError | undefined>;
  onMessage(listener: (message: EmulatorMessage) => void): () => void;
  /** Called when the program ends, however. */
  onGone(listener: (error: HilError) => void): () => void;
  /** Ends it and waits until it has ended; idempotent. */
  end(): Promise<void>;
}

/**
 * Started with nothing of ours that would reach into its loader: no execArgv (spawn passes none on) and no
 * NODE_OPTIONS, which npm and Jest set for themselves.
 */
function start(args: readonly string[]): ChildProcess {
  const { NODE_OPTIONS: _, ...env } = process.env;
  return spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
}

class RunningEmulator implements EmulatorProcess {
  device = '';
  readonly #child: ChildProcess;
  readonly #clock: Clock;
  readonly #exited: Promise<void>;
  readonly #messages = new Listeners<EmulatorMessage>();
  readonly #gone = new Once<HilError>();

  constructor(args: readonly string[], clock: Clock) {
    this.#clock = clock;
    this.#child = start(args);
    const stderr = keepExcerpt(this.#child.stderr);
    this.#child.on('message', (value) => this.#heard(value));
    this.#exited = new Promise((resolve) => {
      // Not 'close': it never comes once the parent has closed the IPC channel (Node 20.20 and 22.23).
      this.#child.once('exit', (code, signal) => {
        void this.#lastWords().then(() => {
          if (code === 2) this.#refused(stderr.text());
          else this.#left(`the emulator has ended (${signal ?? `exit ${code}`}): ${stderr.text()}`);
          resolve();
        });
      });
      this.#child.once('error', (error) => {
        this.#left('the emulator could not be started', error);
        resolve();
      });
    });
  }

  get gone(): HilError | undefined {
    return this.#gone.heard;
  }

  async ended(ms: number): Promise<HilError | undefined> {
    await waitToSettle(this.#exited, ms, this.#clock);
    return this.gone;
  }

  onMessage(listener: (message: EmulatorMessage) => void): () => void {
    return this.#messages.add(listener);
  }

  onGone(listener: (error: HilError) => void): () => void {
    return this.#gone.add(listener);
  }

  ready(): Promise<void> {
    return reply(this, this.#clock, {
      accept: (message) => message.type === 'ready' && message,
      limitMs: startLimitMs,
      code: 'EMULATOR_FAILED',
      late: `the emulator was not ready after ${startLimitMs} ms`,
    }).then(({ device }) => {
      this.device = device;
    });
  }

  async end(): Promise<void> {
    // Not by disconnect(): after that Node 20 emits no 'close'.
    this.#child.kill('SIGTERM');
    if (await waitToSettle(this.#exited, endLimitMs, this.#clock)) return;
    this.#child.kill('SIGKILL');
    await waitToSettle(this.#exited, endLimitMs, this.#clock);
  }

  /** What it said last may arrive after its end. */
  async #lastWords(): Promise<void> {
    const { stderr } = this.#child;
    if (!stderr || stderr.closed) return;
    await waitToSettle(once(stderr, 'close'), lastWordsLimitMs, this.#clock);
  }

  #heard(value: unknown): void {
    const message = readMessage(value);
    if (message) this.#messages.tell(message);
  }

  /** Exit 2: a fault, a setting or a file that is none of its. */
  #refused(text: string): void {
    const remedy =
      'mend it in the rig file, under `control`; `bc26-hil emulate --faults` and `--settings` list what there is';
    this.#gone.tell(new HilError('EMULATOR_REFUSED', text.slice(0, refusalChars), { remedy }));
  }

  #left(what: string, cause?: unknown): void {
    const remedy = '`npx bc26-hil emulate` starts it alone and shows what it says';
    this.#gone.tell(new HilError('EMULATOR_FAILED', what, { remedy, cause }));
  }
}

interface Reply<Accepted> {
  /** The message waited for, or false. */
  readonly accept: (message: EmulatorMessage) => Accepted | false;
  readonly limitMs: number;
  /** What a wait that took too long rejects with. */
  readonly code: ErrorCode;
  readonly late: string;
}

/** Waits for one message; rejects with `code` after `limitMs`, EMULATOR_FAILED when the program ends first. */
export function reply<Accepted>(
  emulator: Pick<EmulatorProcess, 'onMessage' | 'onGone'>,
  clock: Clock,
  { accept, limitMs, code, late }: Reply<Accepted>,
): Promise<Accepted> {
  const ends: (() => void)[] = [];
  return new Promise<Accepted>((resolve, reject) => {
    ends.push(
      clock.after(limitMs, () => reject(new HilError(code, late))),
      emulator.onMessage((message) => {
        const accepted = accept(message);
        if (accepted !== false) resolve(accepted);
      }),
      emulator.onGone(reject),
    );
  }).finally(() => ends.forEach((end) => end()));
}

/** Starts the emulator with these arguments; resolves when its device can be opened. Rejects EMULATOR_FAILED. */
export async function startEmulator(args: readonly string[], clock: Clock): Promise<EmulatorProcess> {
  const emulator = new RunningEmulator(args, clock);
  try {
    await emulator.ready();
    return emulator;
  } catch (error) {
    await emulator.end();
    throw error;
  }
}

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

/** The emulator's program. It is started, never imported. */
const program = path.resolve(import.meta.dirname, '../emulator/main.mjs');

/** ms; on two cores shared with a test run the start takes about a second. */
const startLimitMs = 15_000;

/** ms after SIGTERM, at which it ends at once; then it is killed. */
const endLimitMs = 2_000;

/** ms for the rest of its output, which is there at once unless a grandchild keeps the pipe open. */
const lastOutputLimitMs = 200;

/** Longest refusal shown: one line with a name of 60 characters and three similar ones. */
const refusalChars = 300;

/** The running emulator program. */
export interface EmulatorProcess {
  /** The emulated module's serial device. */
  readonly device: string;
  /** Why it has ended; undefined while it runs. */
  readonly gone: HilError | undefined;
  /** Waits up to `ms` for its end; resolves with the reason and its last output, or undefined if it still runs. */
  ended(ms: number): Promise<HilError | undefined>;
  onMessage(listener: (message: EmulatorMessage) => void): () => void;
  /** Calls `listener` when the program has ended for any reason. */
  onGone(listener: (error: HilError) => void): () => void;
  /** Ends it and waits until it has ended; idempotent. */
  end(): Promise<void>;
}

/**
 * Starts it without options that would affect its loader: no execArgv (spawn passes none on) and no NODE_OPTIONS,
 * which npm and Jest set.
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
    this.#child.on('message', (value) => this.#receive(value));
    this.#exited = new Promise((resolve) => {
      // Not 'close': it never comes once the parent has closed the IPC channel (Node 20.20 and 22.23).
      this.#child.once('exit', (code, signal) => {
        void this.#lastOutput().then(() => {
          if (code === 2) this.#refuse(stderr.text());
          else this.#fail(`the emulator has ended (${signal ?? `exit code ${code}`}): ${stderr.text()}`);
          resolve();
        });
      });
      this.#child.once('error', (error) => {
        this.#fail('the emulator could not be started', error);
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
    return waitForReply(this, this.#clock, {
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

  /** Its last output may arrive after its end. */
  async #lastOutput(): Promise<void> {
    const { stderr } = this.#child;
    if (!stderr || stderr.closed) return;
    await waitToSettle(once(stderr, 'close'), lastOutputLimitMs, this.#clock);
  }

  #receive(value: unknown): void {
    const message = readMessage(value);
    if (message) this.#messages.tell(message);
  }

  /** Exit code 2: an unknown fault or setting, or a file it cannot use. */
  #refuse(text: string): void {
    const remedy = 'correct --fault, or `control` in the rig file';
    this.#gone.tell(new HilError('EMULATOR_REFUSED', text.slice(0, refusalChars), { remedy }));
  }

  #fail(what: string, cause?: unknown): void {
    const remedy = 'start it alone with `npx bc26-hil emulate` to see what it prints';
    this.#gone.tell(new HilError('EMULATOR_FAILED', what, { remedy, cause }));
  }
}

interface Reply<Accepted> {
  /** Returns what it takes from the expected message, false for any other. */
  readonly accept: (message: EmulatorMessage) => Accepted | false;
  readonly limitMs: number;
  /** Code and message of the error if it takes too long. */
  readonly code: ErrorCode;
  readonly late: string;
}

/** Waits for one message. @throws `code` after `limitMs`, EMULATOR_FAILED if the program ends first */
export function waitForReply<Accepted>(
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

/**
 * Starts the emulator with these arguments; resolves when its device can be opened.
 * @throws EMULATOR_FAILED, EMULATOR_REFUSED
 */
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

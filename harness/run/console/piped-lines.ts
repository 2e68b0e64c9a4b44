import { finalResult } from '../../at/classify.ts';
import { times } from '../../at/times.ts';
import type { Clock } from '../../base/clock.ts';

interface PipedLinesOptions {
  readonly clock: Clock;
  /** Sends a line, and shows it. */
  readonly send: (line: string) => void;
  /** Shows a message to the user. */
  readonly inform: (text: string) => void;
}

/** How long a module may take to boot, s: the loader's watchdog has 30 s (BC26.md §1). */
const BOOT_S = 30;

/**
 * Sends the lines of a pipe one after the other: each waits for the final result of the one before, or 5 s. A module
 * drops what it receives while it answers.
 */
export class PipedLines {
  readonly #options: PipedLinesOptions;
  readonly #waiting: string[] = [];
  readonly #stopped = new AbortController();
  #running: Promise<void> | undefined;
  #onFinal: () => void = () => {};

  constructor(options: PipedLinesOptions) {
    this.#options = options;
  }

  /** A line of the pipe; it is sent when its turn comes. */
  push(line: string): void {
    this.#waiting.push(line);
    this.#run(() => this.#sendAll());
  }

  /** After power-on, before the first `push`: sends AT once a second until it is answered. */
  waitForModule(): void {
    this.#run(() => this.#sendAt());
  }

  /** A line from the module. */
  onLine(text: string): void {
    if (finalResult(text.replace(/[\r\n]+$/, ''))) this.#onFinal();
  }

  /** Resolves once every line pushed so far was answered or given up. */
  async drained(): Promise<void> {
    await this.#running;
  }

  /** Ends all waits and sends no more. */
  stop(): void {
    this.#stopped.abort();
    this.#onFinal();
  }

  #run(next: () => Promise<void>): void {
    this.#running = this.#running ? this.#running.then(next) : next();
  }

  async #sendAll(): Promise<void> {
    for (;;) {
      const line = this.#stopped.signal.aborted ? undefined : this.#waiting.shift();
      if (line === undefined) return;
      this.#options.send(line);
      if (line.trim() === '' || (await this.#finalWithin(times.answerMs))) continue;
      this.#options.inform(`no final result within ${times.answerMs / 1_000} s`);
    }
  }

  async #sendAt(): Promise<void> {
    for (let second = 0; second < BOOT_S; second++) {
      if (this.#stopped.signal.aborted) return;
      this.#options.send('AT');
      if (!(await this.#finalWithin(times.probeMs))) continue;
      // The module may also answer the ATs before; none of these answers belongs to the first line.
      while (!this.#stopped.signal.aborted && (await this.#finalWithin(times.surplusQuietMs)));
      return;
    }
    this.#options.inform(`AT was not answered within ${BOOT_S} s`);
  }

  /** Resolves to whether a final result came within `ms`; to true at once when the console ends. */
  #finalWithin(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (came: boolean) => {
        cancel();
        this.#onFinal = () => {};
        resolve(came);
      };
      const cancel = this.#options.clock.after(ms, () => end(false));
      this.#onFinal = () => end(true);
    });
  }
}

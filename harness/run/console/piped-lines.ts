import { finalResult } from '../../at/classify.ts';
import { times } from '../../at/times.ts';
import type { Clock } from '../../base/clock.ts';

interface PipedLinesOptions {
  readonly clock: Clock;
  /** Sends a line, and shows it. */
  readonly send: (line: string) => void;
  /** Tells the person something. */
  readonly say: (text: string) => void;
}

/** As long as a module may take to boot, s (BC26.md §1: the loader's watchdog has 30 s). */
const bootS = 30;

/**
 * Sends the lines of a pipe one after the other: each waits for the final result of the one before, or 5 s. Nobody
 * is there to wait for it, and a module drops what comes while it answers.
 */
export class PipedLines {
  readonly #options: PipedLinesOptions;
  readonly #waiting: string[] = [];
  readonly #stopped = new AbortController();
  #running: Promise<void> | undefined;
  #heardFinal: () => void = () => {};

  constructor(options: PipedLinesOptions) {
    this.#options = options;
  }

  /** A line of the pipe; it is sent when its turn comes. */
  push(line: string): void {
    this.#waiting.push(line);
    this.#run(() => this.#sendAll());
  }

  /** The module was just switched on: sends AT, once a second, until it is answered. Before the first `push`. */
  wake(): void {
    this.#run(() => this.#wake());
  }

  /** A line that came from the module. */
  heard(text: string): void {
    if (finalResult(text.replace(/[\r\n]+$/, ''))) this.#heardFinal();
  }

  /** Resolves once every line pushed so far was sent and answered, or given up. */
  async drained(): Promise<void> {
    await this.#running;
  }

  /** Sends nothing more, and waits for nothing. */
  stop(): void {
    this.#stopped.abort();
    this.#heardFinal();
  }

  #run(next: () => Promise<void>): void {
    this.#running = this.#running ? this.#running.then(next) : next();
  }

  async #sendAll(): Promise<void> {
    for (;;) {
      const line = this.#stopped.signal.aborted ? undefined : this.#waiting.shift();
      if (line === undefined) return;
      this.#options.send(line);
      if (line.trim() === '' || (await this.#final(times.answerMs))) continue;
      this.#options.say(`no final result within ${times.answerMs / 1_000} s`);
    }
  }

  async #wake(): Promise<void> {
    for (let second = 0; second < bootS; second++) {
      if (this.#stopped.signal.aborted) return;
      this.#options.send('AT');
      if (!(await this.#final(times.probeMs))) continue;
      // Each AT that it had kept is answered, too; none of these is the answer to the first line.
      while (!this.#stopped.signal.aborted && (await this.#final(times.surplusQuietMs)));
      return;
    }
    this.#options.say(`AT was not answered within ${bootS} s`);
  }

  /** Whether a final result comes within `ms`; true at once when the console ends. */
  #final(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (came: boolean) => {
        cancel();
        this.#heardFinal = () => {};
        resolve(came);
      };
      const cancel = this.#options.clock.after(ms, () => end(false));
      this.#heardFinal = () => end(true);
    });
  }
}

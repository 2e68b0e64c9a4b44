import { HilError } from '../../../harness/base/error.ts';

const stopped = (): HilError =>
  new HilError('ABORTED', 'it was not begun: the board was switched off, or its driver closed');

/**
 * Who drives the board, one at a time, in the order they were asked for. A switch-off does not wait for what would
 * raise the board again: that is ended, or not begun (ABORTED).
 */
export class ProgramTurns {
  #last: Promise<unknown> = Promise.resolve();
  #stop = new AbortController();
  #closed = false;

  /** Runs a program that a switch-off ends, by its signal. */
  async run<Result>(program: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    this.#refuseWhenClosed();
    const { signal } = this.#stop;
    return this.#after(() => {
      if (signal.aborted) throw stopped();
      return program(signal);
    });
  }

  /** Ends what runs or waits, and runs a program that nothing ends: the switch-off itself. */
  async runLast<Result>(program: () => Promise<Result>): Promise<Result> {
    this.#refuseWhenClosed();
    this.#end();
    return this.#after(program);
  }

  /** Ends what runs or waits, and resolves when it has ended; later calls reject CONTROL_FAILED. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#end();
    await this.#last;
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new HilError('CONTROL_FAILED', 'the control driver was closed');
  }

  #end(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  #after<Result>(program: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(program);
    this.#last = done.catch(() => {});
    return done;
  }
}

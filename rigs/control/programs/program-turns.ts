import { HilError } from '../../../harness/base/error.ts';

const abortedError = (): HilError =>
  new HilError('ABORTED', 'the action was not begun: the board was switched off, or its driver closed');

/**
 * Runs programs one at a time, in the order of the calls. Switching off does not wait: programs that run are ended,
 * and those that wait are not begun (ABORTED).
 */
export class ProgramTurns {
  #last: Promise<unknown> = Promise.resolve();
  #stop = new AbortController();
  #closed = false;

  /** Runs a program that `runLast` and `close` end by the signal. */
  async run<Result>(program: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    this.#refuseWhenClosed();
    const { signal } = this.#stop;
    return this.#after(() => {
      if (signal.aborted) throw abortedError();
      return program(signal);
    });
  }

  /** Ends all programs that run or wait, then runs one that is never ended: the one that switches off. */
  async runLast<Result>(program: () => Promise<Result>): Promise<Result> {
    this.#refuseWhenClosed();
    this.#end();
    return this.#after(program);
  }

  /** Ends all programs that run or wait; resolves when they have ended. Later calls are CONTROL_FAILED. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#end();
    await this.#last;
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new HilError('CONTROL_FAILED', 'the control driver is already closed');
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

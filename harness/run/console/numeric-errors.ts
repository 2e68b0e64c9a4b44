import { isBootText } from '../../at/boot-text.ts';
import { finalResult } from '../../at/classify.ts';
import { times } from '../../at/times.ts';
import type { Cancel, Clock } from '../../base/clock.ts';

/** Errors as numbers (`+CME ERROR: 50`), as every other command of this program asks for them; a boot forgets it. */
export const numericErrors = 'AT+CMEE=1';

/** How long nothing has to come before a line is sent into what the module prints by itself, ms. */
const QUIET_MS = 500;

/** How often a module that does not answer is asked: about as many seconds as it may take to boot (BC26.md §1). */
const MOST_TRIES = 30;

/**
 * Tells a module that a person types at to name its errors, after each boot. A typed line comes first: nothing is sent
 * while its answer is due.
 */
export class NumericErrors {
  readonly #clock: Clock;
  readonly #send: (line: string) => void;
  #tries = 0;
  #isNeeded = false;
  #isAsked = false;
  #cancel: Cancel = () => {};

  constructor(clock: Clock, send: (line: string) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** The module may have been booted. */
  begin(): void {
    this.#isNeeded = true;
    this.#isAsked = false;
    this.#tries = 0;
    this.#wait(QUIET_MS);
  }

  /** A line from the module. */
  heard(text: string): void {
    const line = text.replace(/[\r\n]+$/, '');
    if (isBootText(line) && !this.#isNeeded) return this.begin();
    if (!this.#isNeeded) return;
    // An error is an answer, too: this module does not know the command.
    if (this.#isAsked && finalResult(line) !== undefined) return this.stop();
    this.#wait(QUIET_MS);
  }

  /** A line was typed: its answer is waited for. */
  typed(): void {
    this.#isAsked = false;
    if (this.#isNeeded) this.#wait(times.answerMs);
  }

  stop(): void {
    this.#isNeeded = false;
    this.#cancel();
  }

  #wait(ms: number): void {
    this.#cancel();
    this.#cancel = this.#clock.after(ms, () => {
      if (++this.#tries > MOST_TRIES) return this.stop();
      this.#isAsked = true;
      this.#send(numericErrors);
      this.#wait(times.probeMs);
    });
  }
}

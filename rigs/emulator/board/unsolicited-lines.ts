import { type Cancel, type Clock, msToNs } from '../base/clock.ts';
import type { Settings } from '../settings/settings.ts';

interface UnsolicitedLinesParts {
  readonly clock: Clock;
  readonly settings: () => Settings;
  readonly random: () => number;
  readonly write: (bytes: Uint8Array) => void;
}

/** Lines that a running module sends by itself, at random times: also while it works on a command. */
export class UnsolicitedLines {
  readonly #parts: UnsolicitedLinesParts;
  #cancel: Cancel | undefined;

  constructor(parts: UnsolicitedLinesParts) {
    this.#parts = parts;
  }

  begin(): void {
    this.end();
    const { clock, random, settings, write } = this.#parts;
    const { unsolicitedMs, unsolicitedName } = settings();
    if (unsolicitedMs === 0) return;
    // From half to one and a half of the mean, so that no line keeps step with the commands.
    const due = clock.now() + msToNs(unsolicitedMs * (0.5 + random()));
    this.#cancel = clock.at(due, () => {
      write(Buffer.from(`\r\n${unsolicitedName}: 1\r\n`, 'latin1'));
      this.begin();
    });
  }

  end(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}

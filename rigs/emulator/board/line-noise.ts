import { type Cancel, type Clock, msToNs } from '../base/clock.ts';
import type { Settings } from '../settings/settings.ts';

interface LineNoiseParts {
  readonly clock: Clock;
  readonly settings: () => Settings;
  readonly random: () => number;
  readonly write: (bytes: Uint8Array) => void;
}

/** Stray bytes on the line to the host while the module has power, as from a bad wire. */
export class LineNoise {
  readonly #parts: LineNoiseParts;
  #cancel: Cancel | undefined;

  constructor(parts: LineNoiseParts) {
    this.#parts = parts;
  }

  begin(): void {
    this.end();
    const { clock, random, settings, write } = this.#parts;
    const { noiseHz } = settings();
    if (noiseHz === 0) return;
    const due = clock.now() + msToNs(1000 / noiseHz);
    this.#cancel = clock.at(due, () => {
      // With the eighth bit set: no answer and no command has such bytes.
      write(Uint8Array.of(0x80 + Math.floor(random() * 0x80)));
      this.begin();
    });
  }

  end(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}

import { PinController } from './pin-controller.fixture.ts';
import type { RegisterWrite } from './register-writes.fixture.ts';

/** A line of the bench's header, and what its edges mean to the emulated module (its README, "Control lines"). */
interface Wire {
  readonly key: 'supply' | 'powerKey' | 'reset';
  readonly bcm: number;
  readonly high: string;
  readonly low: string;
}

/** As in `onoff.yaml` and `gpioset.yaml`. */
const wires: readonly Wire[] = [
  { key: 'supply', bcm: 22, high: 'supply on', low: 'supply off' },
  { key: 'powerKey', bcm: 17, high: 'power-key down', low: 'power-key up' },
  { key: 'reset', bcm: 27, high: 'reset down', low: 'reset up' },
];

export interface Edge {
  readonly key: Wire['key'];
  readonly level: 0 | 1;
  /** ms on the clock of `performance.now()`. */
  readonly atMs: number;
}

/** The wires from the Pi's header to the module: edges become control lines, and are kept with their times. */
export class Wiring {
  readonly edges: Edge[] = [];
  #pins = new PinController();
  readonly #control: (line: string) => void;
  readonly #levels = new Map<Wire['key'], 0 | 1>();

  /** @param control takes a control line of the emulated module */
  constructor(control: (line: string) => void) {
    this.#control = control;
  }

  take({ offset, value, atMs }: RegisterWrite): void {
    this.#pins.write(offset, value);
    this.#settle(atMs);
  }

  /** The Pi has lost its power: no line is driven any more. */
  release(): void {
    this.#pins = new PinController();
    this.#settle(performance.now());
  }

  /** The level of each line now. */
  get levels(): Record<string, 0 | 1> {
    return Object.fromEntries(wires.map(({ key, bcm }) => [key, this.#pins.level(bcm)]));
  }

  #settle(atMs: number): void {
    for (const { key, bcm, high, low } of wires) {
      const level = this.#pins.level(bcm);
      if (level === (this.#levels.get(key) ?? 0)) continue;
      this.#levels.set(key, level);
      this.edges.push({ key, level, atMs });
      this.#control(level ? high : low);
    }
  }
}

/** How long a line stayed at a level each time that it left it again, ms; supply offs count between two ons. */
export function stays(edges: readonly Edge[], key: Edge['key'], level: 0 | 1): number[] {
  const own = edges.filter((edge) => edge.key === key);
  return own.flatMap((edge, at) => {
    const next = own[at + 1];
    return edge.level === level && next ? [next.atMs - edge.atMs] : [];
  });
}

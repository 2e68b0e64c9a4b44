import { toNs } from '../../harness/base/clock.ts';
import { HilError } from '../../harness/base/error.ts';
import { escapeBytes } from '../../harness/base/escape.ts';
import { Once } from '../../harness/base/listeners.ts';
import { Doze } from './doze.ts';
import { Pending } from './pending.ts';
import { ReplayClock } from './replay-clock.ts';
import type { Awaited, Lane, Played, RecordedExchange, Step } from './script.ts';

/** How long the harness may do nothing until it is known to wait, and not to be loading a suite: ticks of real time. */
export interface Patience {
  readonly tickMs: number;
  readonly ticks: number;
}

interface PlayerOptions {
  /** The time of the clock at the first step, ns. */
  readonly start: bigint;
  /** Does what the module, the network or the driver did. */
  readonly play: (step: Played) => void;
  readonly patience?: Patience;
}

/** How much later than in the trace a timer of the harness may be due, ns; the trace has the delays of its timers. */
const slack = toNs(50);

/** Turns of the event loop after which whatever the harness was told has had its effects, unless it reads a file. */
const turns = 4;

const lanes = { uart: 'to the module', control: 'to the board', platform: 'to the network' };

const shown = (lane: Lane, what: string): string =>
  `${lane === 'control' ? what : escapeBytes(Buffer.from(what, 'latin1'))} ${lanes[lane]}`;

/**
 * Plays a trace against the harness: waits at each place for what the harness did there, then plays what came after it, as
 * much later as it came then. Time stands still while the harness computes. It goes on to what is next, a timer of the
 * harness or a step of the trace, but not beyond the moment at which the harness acts in the trace: until it has acted, it
 * is still computing.
 */
export class Player {
  readonly clock: ReplayClock;
  /** Where the harness did something else than in the trace: REPLAY_DIFFERS, or REPLAY_ENDS behind its last line. */
  readonly differs = new Once<HilError>();
  readonly #pending: Pending;
  readonly #steps: readonly Step[];
  readonly #shift: bigint;
  readonly #play: (step: Played) => void;
  readonly #patience: Patience;
  readonly #again: { readonly at: bigint; readonly step: Played }[] = [];
  readonly #exchanges = new Map<bigint, RecordedExchange>();
  /** How much later than in the trace, ns. */
  #lag = 0n;
  /** The harness does not act, though it could have: its timers go on. */
  #overdue = false;
  /** The furthest step that the harness has made. */
  #furthest = -1;
  /** The test that the harness is about to begin. */
  #begins: { readonly index: number; readonly begin: () => void } | undefined;
  #closed = false;
  readonly #doze = new Doze();

  constructor(steps: readonly Step[], { start, play, patience = { tickMs: 100, ticks: 30 } }: PlayerOptions) {
    this.#steps = steps;
    this.#pending = new Pending(steps);
    this.#play = play;
    this.#patience = patience;
    this.#shift = start - (steps[0]?.at ?? start);
    this.clock = new ReplayClock(start, () => this.#doze.stir());
    void this.#run();
  }

  /**
   * The harness acts: it is that time of the trace now, unless it is later already.
   * @param peer of a packet
   * @returns the index of the step; undefined for what the trace does not have
   */
  act(lane: Lane, what: string, peer?: string): number | undefined {
    if (this.differs.heard || this.#closed) return undefined;
    this.#overdue = false;
    this.#doze.stir();
    const taken = this.#pending.take(lane, what, peer);
    if (taken.is === 'next') {
      this.#meet(taken.index);
      return taken.index;
    }
    if (taken.is === 'asked-again') {
      for (const step of taken.answer)
        this.#again.push({ at: this.clock.now() + step.at - taken.asked, step });
    }
    if (taken.is === 'other') this.#differ(taken.expected, shown(lane, what));
    return undefined;
  }

  /**
   * Waits until all has come that came before a test began: what the harness took in between (loading a suite) it takes no
   * more. A test that the trace does not have begins at once.
   */
  begin(test: string): Promise<void> {
    const index = this.#steps.findIndex(
      (step, at) => at > this.#furthest && step.is === 'begun' && step.test === test,
    );
    if (index < 0 || this.differs.heard || this.#closed) return Promise.resolve();
    return new Promise((begin) => {
      this.#begins = { index, begin };
      this.#doze.stir();
    });
  }

  /** What was recorded of the exchange whose command was sent at `sentAt`. */
  exchangeAt(sentAt: bigint): RecordedExchange | undefined {
    return this.#exchanges.get(sentAt);
  }

  /** Ends the replay: nothing is played and no timer fires any more. */
  close(): void {
    this.#closed = true;
    this.#doze.stir();
  }

  #meet(index: number): void {
    const { at, exchange } = this.#steps[index] as Awaited;
    const now = this.clock.now();
    const then = at + this.#shift;
    // A packet that another act has overtaken is no sign that the harness is late.
    if (index > this.#furthest) this.#lag = now > then ? now - then : 0n;
    this.#furthest = Math.max(this.#furthest, index);
    this.clock.goTo(then);
    if (exchange) this.#exchanges.set(this.clock.now(), exchange);
  }

  #differ(expected: Awaited | undefined, got: string): void {
    const place = expected
      ? `line ${expected.line} of the trace has ${shown(expected.lane, expected.what)}`
      : `the trace ends at line ${this.#steps.at(-1)?.line ?? 0}`;
    this.differs.tell(
      new HilError(
        expected ? 'REPLAY_DIFFERS' : 'REPLAY_ENDS',
        `${place}, and the harness now sends ${got}`,
        { remedy: 'suites or harness have changed since: replay it with the commit that is in its run.json' },
      ),
    );
    this.#doze.stir();
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
      if (!this.#closed && !this.#advance()) await this.#waitForHarness();
    }
  }

  /** Does what comes next. @returns whether there was something */
  #advance(): boolean {
    const { nextDue } = this.clock;
    const next = this.#nextPlay();
    if (this.#begins && this.#isBegun(this.#begins.index, nextDue)) {
      this.#begin();
      return true;
    }
    if (nextDue === undefined || (next && next.at < nextDue)) {
      next?.play();
      return next !== undefined;
    }
    const until = this.#pending.nextAwaited;
    const isEarly = until === undefined || nextDue <= until.at + this.#shift + this.#lag + slack;
    if (!isEarly && !this.#overdue && !this.differs.heard) return false;
    this.clock.fire();
    return true;
  }

  /** Whether nothing is to come any more, and no timer to fire, before the step at `index`. */
  #isBegun(index: number, nextDue: bigint | undefined): boolean {
    if (this.differs.heard) return true;
    const at = (this.#steps[index] as Step).at + this.#shift + this.#lag;
    return !this.#pending.isBefore(index) && (nextDue === undefined || nextDue > at);
  }

  #begin(): void {
    const begins = this.#begins;
    if (!begins) return;
    this.#begins = undefined;
    this.clock.goTo((this.#steps[begins.index] as Step).at + this.#shift + this.#lag);
    begins.begin();
  }

  #nextPlay(): { readonly at: bigint; readonly play: () => void } | undefined {
    const [again] = this.#again;
    const step = again?.step ?? this.#pending.nextPlayed;
    if (!step || this.differs.heard) return undefined;
    const at = again?.at ?? step.at + this.#shift + this.#lag;
    const play = (): void => {
      if (again) this.#again.shift();
      else this.#pending.played();
      this.clock.goTo(at);
      this.#play(step);
    };
    return { at, play };
  }

  /** Waits until the harness does something. If it does not, its timers go on; without any it waits for nothing. */
  async #waitForHarness(): Promise<void> {
    const { tickMs, ticks } = this.#patience;
    for (let tick = 0; tick < ticks; tick++) if (await this.#doze.sleep(tickMs)) return;
    const until = this.#pending.nextAwaited;
    if (this.#begins) this.#begin();
    else if (this.clock.nextDue !== undefined) this.#overdue = true;
    else if (until && !this.differs.heard) this.#differ(until, 'nothing');
  }
}

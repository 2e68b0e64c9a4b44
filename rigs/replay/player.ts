import { toMs, toNs } from '../../harness/base/clock.ts';
import { HilError } from '../../harness/base/error.ts';
import { escapeBytes } from '../../harness/base/escape.ts';
import { Once } from '../../harness/base/listeners.ts';
import { ReplayClock } from './replay-clock.ts';
import type { Awaited, Lane, Played, RecordedExchange, Step } from './script.ts';

/** What the player gives to the parts that stand in for port, control and network. */
export interface Stage {
  play(step: Played): void;
}

/** How much later than in the trace the harness may act without being called late: the delay of a timer. */
const slack = toNs(50);

/** Turns of the event loop after which whatever the harness was told has had its effects, unless it reads a file. */
const turns = 4;

/** ms of real time, and how many of them: then the harness is known to wait, and not to be loading a suite. */
const tickMs = 100;
const quietTicks = 30;

const laneNames = { uart: 'to the module', control: 'to the board', platform: 'to the network' };

const shown = (lane: Lane, what: string): string =>
  lane === 'control' ? what : escapeBytes(Buffer.from(what, 'latin1'));

/**
 * Plays a trace against the harness: waits at each place for what the harness did there, and plays then what came back, as
 * much later as it came then.
 */
export class Player {
  readonly clock: ReplayClock;
  /** Where the harness did something else than in the trace (REPLAY_DIFFERS). */
  readonly differs = new Once<HilError>();
  readonly #steps: readonly Step[];
  readonly #shift: bigint;
  readonly #stage: Stage;
  readonly #awaited: Record<Lane, number[]> = { uart: [], control: [], platform: [] };
  readonly #plays: number[] = [];
  readonly #extra: { readonly at: bigint; readonly step: Played }[] = [];
  readonly #exchanges = new Map<bigint, RecordedExchange>();
  /** How much later than in the trace, ns. */
  #lag = 0n;
  #overdue = false;
  #closed = false;
  #wake: (() => void) | undefined;
  #lastSent: number | undefined;

  /** @param start the time of the clock at the first step */
  constructor(steps: readonly Step[], start: bigint, stage: Stage) {
    this.#steps = steps;
    this.#stage = stage;
    this.#shift = start - (steps[0]?.at ?? start);
    this.clock = new ReplayClock(start, () => this.#stir());
    steps.forEach((step, at) => (step.is === 'awaited' ? this.#awaited[step.lane] : this.#plays).push(at));
    void this.#run();
  }

  /** The harness acts. Takes the time of the trace, unless it is over. @returns the index of the step */
  act(lane: Lane, what: string, peer?: string): number | undefined {
    if (this.differs.heard || this.#closed) return undefined;
    const found = lane === 'platform' ? this.#findPacket(what, peer) : this.#findNext(lane, what);
    this.#stir();
    if (found === undefined) return undefined;
    const step = this.#steps[found] as Awaited;
    const at = step.at + this.#shift;
    const now = this.clock.now();
    this.#lag = now > at ? now - at : 0n;
    this.clock.goTo(at);
    this.#overdue = false;
    if (step.exchange) this.#exchanges.set(this.clock.now(), step.exchange);
    return found;
  }

  /** What was recorded of the exchange whose command was sent at `sentAt`. */
  exchangeAt(sentAt: bigint): RecordedExchange | undefined {
    return this.#exchanges.get(sentAt);
  }

  close(): void {
    this.#closed = true;
    this.#stir();
  }

  #findNext(lane: Lane, what: string): number | undefined {
    const [next] = this.#awaited[lane];
    const step = next === undefined ? undefined : (this.#steps[next] as Awaited);
    if (next !== undefined && step?.what === what) {
      this.#awaited[lane].shift();
      if (lane === 'uart') this.#lastSent = next;
      return next;
    }
    if (lane === 'uart' && this.#pollsOnce(what)) return undefined;
    if (lane === 'uart' && this.#skipsPolls(what)) return this.#findNext(lane, what);
    this.#differ(next, `${shown(lane, what)} ${laneNames[lane]}`);
    return undefined;
  }

  /** Packets are sent again by timers, so one may overtake another. */
  #findPacket(what: string, peer = ''): number | undefined {
    const lane = this.#awaited.platform;
    const of = (index: number): boolean => {
      const step = this.#steps[index] as Awaited;
      return step.what === what && step.peer === peer;
    };
    const place = lane.slice(0, 8).findIndex(of);
    if (place >= 0) return lane.splice(place, 1)[0];
    // The network of the trace lost it, or had it once less.
    if (this.#steps.some((step, index) => step.is === 'awaited' && step.lane === 'platform' && of(index)))
      return undefined;
    this.#differ(lane[0], `${shown('platform', what)} ${laneNames.platform}`);
    return undefined;
  }

  /** The harness asks once more than in the trace: it is answered what it was answered last. */
  #pollsOnce(what: string): boolean {
    const last = this.#lastSent;
    if (last === undefined || (this.#steps[last] as Awaited).what !== what) return false;
    const answer = this.#answerOf(last);
    if (answer.length === 0) return false;
    const asked = (this.#steps[last] as Awaited).at;
    for (const step of answer) this.#extra.push({ at: this.clock.now() + step.at - asked, step });
    return true;
  }

  /** The harness asked more often in the trace: what it asks no more is left out, if the answers were all the same. */
  #skipsPolls(what: string): boolean {
    const last = this.#lastSent;
    if (last === undefined) return false;
    const asked = (this.#steps[last] as Awaited).what;
    const bytes = this.#bytesOf(last);
    const lane = this.#awaited.uart;
    let more = 0;
    for (; more < lane.length; more++) {
      const index = lane[more] as number;
      if ((this.#steps[index] as Awaited).what !== asked || this.#bytesOf(index) !== bytes) break;
    }
    const next = lane[more];
    if (more === 0 || next === undefined || (this.#steps[next] as Awaited).what !== what) return false;
    for (const index of lane.splice(0, more)) {
      const left = new Set<Step>(this.#answerOf(index));
      for (let at = this.#plays.length - 1; at >= 0; at--)
        if (left.has(this.#steps[this.#plays[at] as number] as Step)) this.#plays.splice(at, 1);
    }
    return true;
  }

  /** What came from the module between a command and the next one. */
  #answerOf(sent: number): Played[] {
    const answer: Played[] = [];
    for (let at = sent + 1; at < this.#steps.length; at++) {
      const step = this.#steps[at] as Step;
      if (step.is === 'awaited' && step.lane === 'uart') break;
      if (step.is === 'played' && step.play.lane === 'uart') answer.push(step);
    }
    return answer;
  }

  #bytesOf(sent: number): string {
    return this.#answerOf(sent)
      .map(({ play }) => (play.lane === 'uart' ? play.data : ''))
      .join('');
  }

  /** @param next the step that the trace has here */
  #differ(next: number | undefined, got: string): void {
    const step = next === undefined ? undefined : (this.#steps[next] as Awaited);
    const place = step
      ? `line ${step.line} of the trace has ${shown(step.lane, step.what)} ${laneNames[step.lane]}`
      : `the trace ends at line ${this.#steps.at(-1)?.line ?? 0}`;
    this.differs.tell(
      new HilError(step ? 'REPLAY_DIFFERS' : 'REPLAY_ENDS', `${place}, and the harness now sends ${got}`, {
        remedy:
          'suites or harness have changed since, or time decided: replay with the commit that is in run.json',
      }),
    );
    this.#stir();
  }

  #stir(): void {
    this.#wake?.();
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
      if (!this.#closed && !this.#advance()) await this.#quiet();
    }
  }

  /** Does what comes next. @returns whether there was something */
  #advance(): boolean {
    const play = this.#nextPlay();
    const due = this.clock.nextDue;
    const until = this.#nextAwaited();
    if (due !== undefined && (!play || due <= play.at)) {
      const early = until === undefined || due <= until + this.#lag + slack;
      if (!early && !this.#overdue && !this.differs.heard) return false;
      this.clock.fire();
      return true;
    }
    if (!play) return false;
    play.taken();
    this.clock.goTo(play.at);
    this.#stage.play(play.step);
    return true;
  }

  #nextPlay(): { at: bigint; step: Played; taken: () => void } | undefined {
    const [extra] = this.#extra;
    if (extra) return { ...extra, taken: () => this.#extra.shift() };
    const [index] = this.#plays;
    if (index === undefined || this.differs.heard) return undefined;
    if (Object.values(this.#awaited).some(([next]) => next !== undefined && next < index)) return undefined;
    const step = this.#steps[index] as Played;
    return { at: step.at + this.#shift + this.#lag, step, taken: () => this.#plays.shift() };
  }

  /** When the trace has the next act of the harness. */
  #nextAwaited(): bigint | undefined {
    const next = Object.values(this.#awaited).flatMap(([first]) => (first === undefined ? [] : [first]));
    return next.length === 0 ? undefined : (this.#steps[Math.min(...next)] as Step).at + this.#shift;
  }

  /** Waits until the harness does something. If it does nothing, time may go on beyond the trace's. */
  async #quiet(): Promise<void> {
    for (let tick = 0; tick < quietTicks; tick++) {
      if (await this.#stirredWithin(tickMs)) return;
    }
    if (this.clock.nextDue !== undefined) this.#overdue = true;
    else if (!this.differs.heard) this.#giveUp();
  }

  #giveUp(): void {
    const next = Math.min(...Object.values(this.#awaited).flatMap(([first]) => first ?? []));
    if (Number.isFinite(next)) this.#differ(next, 'nothing');
  }

  #stirredWithin(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (stirred: boolean): void => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve(stirred);
      };
      const timer = setTimeout(() => end(false), ms);
      this.#wake = () => end(true);
    });
  }

  /** For messages: how much later than in the trace. */
  get lagMs(): number {
    return toMs(this.#lag);
  }
}

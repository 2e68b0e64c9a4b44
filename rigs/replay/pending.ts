import type { Awaited, Lane, Played, Step } from './script.ts';

/** What an act of the harness is to the trace. */
export type Taken =
  /** What the trace has next, at `index` of its steps. */
  | { readonly is: 'next'; readonly index: number }
  /** The last command once more than in the trace: `answer` is what came to it after it was sent at `asked`. */
  | { readonly is: 'asked-again'; readonly asked: bigint; readonly answer: readonly Played[] }
  /** A packet once more than in the trace: it gets lost. */
  | { readonly is: 'lost' }
  /** Something else. `expected` is what the trace has, if it has not ended. */
  | { readonly is: 'other'; readonly expected: Awaited | undefined };

/** How many packets one may overtake: packets are sent again by timers. */
const overtaken = 8;

/**
 * The steps of a trace that are still to come. What the harness does on the board (bytes and actions) has one order, its
 * packets have another, since they answer somebody else.
 */
export class Pending {
  readonly #steps: readonly Step[];
  readonly #board: number[] = [];
  readonly #packets: number[] = [];
  readonly #plays: number[] = [];
  /** The last command that was sent, while no action came after it. */
  #sent: number | undefined;

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
    steps.forEach((step, index) => {
      if (step.is === 'begun') return;
      if (step.is === 'played') this.#plays.push(index);
      else (step.lane === 'platform' ? this.#packets : this.#board).push(index);
    });
  }

  /** What the harness has to do before anything else comes. */
  get nextAwaited(): Awaited | undefined {
    const next = [this.#board, this.#packets].flatMap(([first]) => first ?? []);
    return next.length === 0 ? undefined : this.#awaitedAt(Math.min(...next));
  }

  /** Whether something before a step is still to come. */
  isBefore(index: number): boolean {
    return [this.#board, this.#packets, this.#plays].some(([next]) => next !== undefined && next < index);
  }

  /** What comes next from the other side; undefined while the harness has to act first. */
  get nextPlayed(): Played | undefined {
    const [index] = this.#plays;
    if (index === undefined) return undefined;
    const isFirst = [this.#board, this.#packets].every(([next]) => next === undefined || index < next);
    return isFirst ? (this.#steps[index] as Played) : undefined;
  }

  played(): void {
    this.#plays.shift();
  }

  /** Takes what the harness does from the steps. @param peer of a packet */
  take(lane: Lane, what: string, peer?: string): Taken {
    return lane === 'platform' ? this.#takePacket(what, peer) : this.#takeAct(lane, what);
  }

  #takeAct(lane: 'uart' | 'control', what: string): Taken {
    const isIt = (index: number | undefined): index is number =>
      index !== undefined && this.#awaitedAt(index).lane === lane && this.#awaitedAt(index).what === what;
    if (!isIt(this.#board[0])) this.#leavePolls(isIt);
    const [index] = this.#board;
    if (isIt(index)) {
      this.#board.shift();
      this.#sent = lane === 'uart' ? index : undefined;
      return { is: 'next', index };
    }
    const sent = this.#sent === undefined ? undefined : this.#awaitedAt(this.#sent);
    if (this.#sent !== undefined && sent && lane === 'uart' && sent.what === what)
      return { is: 'asked-again', asked: sent.at, answer: this.#answerTo(this.#sent) };
    return { is: 'other', expected: index === undefined ? undefined : this.#awaitedAt(index) };
  }

  #takePacket(what: string, peer: string | undefined): Taken {
    const steps = this.#packets;
    const isSame = (index: number): boolean =>
      this.#awaitedAt(index).what === what && this.#awaitedAt(index).peer === peer;
    const place = steps.slice(0, overtaken).findIndex(isSame);
    const [index] = place < 0 ? [] : steps.splice(place, 1);
    if (index !== undefined) return { is: 'next', index };
    const wasSent = this.#steps.some(
      (step, at) => step.is === 'awaited' && step.lane === 'platform' && isSame(at),
    );
    if (wasSent) return { is: 'lost' };
    return { is: 'other', expected: steps[0] === undefined ? undefined : this.#awaitedAt(steps[0]) };
  }

  /**
   * Leaves out repetitions of the last command that the harness does not make, if the same came to each as to the one
   * before, and if the harness does what comes after them.
   */
  #leavePolls(isIt: (index: number | undefined) => boolean): void {
    const sent = this.#sent;
    if (sent === undefined) return;
    const { what } = this.#awaitedAt(sent);
    const bytes = this.#bytesOf(sent);
    const isPoll = (index: number): boolean =>
      this.#awaitedAt(index).lane === 'uart' &&
      this.#awaitedAt(index).what === what &&
      this.#bytesOf(index) === bytes;
    const more = this.#board.findIndex((index) => !isPoll(index));
    if (more <= 0 || !isIt(this.#board[more])) return;
    const left = new Set<Step>(this.#board.splice(0, more).flatMap((index) => this.#answerTo(index)));
    const kept = this.#plays.filter((index) => !left.has(this.#steps[index] as Step));
    this.#plays.splice(0, this.#plays.length, ...kept);
  }

  /** The bytes that a command was answered; what the module said by itself is not among them. */
  #answerTo(sent: number): Played[] {
    const { exchange } = this.#awaitedAt(sent);
    if (!exchange) return [];
    const answer: Played[] = [];
    for (let at = sent + 1; at < this.#steps.length; at++) {
      const step = this.#steps[at] as Step;
      if (step.at > exchange.endedAt || (step.is === 'awaited' && step.lane === 'uart')) break;
      if (step.is === 'played' && step.play.lane === 'uart') answer.push(step);
    }
    return answer;
  }

  #bytesOf(sent: number): string {
    return this.#answerTo(sent)
      .map(({ play }) => (play.lane === 'uart' ? play.data : ''))
      .join('');
  }

  #awaitedAt(index: number): Awaited {
    return this.#steps[index] as Awaited;
  }
}

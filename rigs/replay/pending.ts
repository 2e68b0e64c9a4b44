import type { Awaited, Lane, Played, Step } from './script.ts';

/** What an act of the harness is to the trace. */
export type Taken =
  /** What the trace has next, at `index` of its steps. */
  | { readonly is: 'next'; readonly index: number }
  /** A question once more than in the trace: `answer` is what it was answered last, after it was asked at `asked`. */
  | { readonly is: 'asked-again'; readonly asked: bigint; readonly answer: readonly Played[] }
  /** A packet once more than in the trace: it gets lost. */
  | { readonly is: 'lost' }
  /** Something else. `expected` is what the trace has, if it has not ended. */
  | { readonly is: 'other'; readonly expected: Awaited | undefined };

/** How many packets one may overtake: packets are sent again by timers. */
const overtaken = 8;

/** The steps of a trace that are still to come. */
export class Pending {
  readonly #steps: readonly Step[];
  readonly #awaited: Record<Lane, number[]> = { uart: [], control: [], platform: [] };
  readonly #plays: number[] = [];
  /** The last command that was sent. */
  #sent: number | undefined;

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
    steps.forEach((step, at) => (step.is === 'awaited' ? this.#awaited[step.lane] : this.#plays).push(at));
  }

  /** What the harness has to do before anything else comes, the earliest first in the trace. */
  get nextAwaited(): Awaited | undefined {
    const next = Object.values(this.#awaited).flatMap(([first]) => first ?? []);
    return next.length === 0 ? undefined : this.#awaitedAt(Math.min(...next));
  }

  /** What comes next from the other side; undefined while the harness has to act first. */
  get nextPlayed(): Played | undefined {
    const [index] = this.#plays;
    if (index === undefined) return undefined;
    if (Object.values(this.#awaited).some(([next]) => next !== undefined && next < index)) return undefined;
    return this.#steps[index] as Played;
  }

  played(): void {
    this.#plays.shift();
  }

  /** Takes what the harness does from the steps. @param peer of a packet */
  take(lane: Lane, what: string, peer?: string): Taken {
    return lane === 'platform' ? this.#takePacket(what, peer) : this.#takeNext(lane, what);
  }

  #takeNext(lane: 'uart' | 'control', what: string): Taken {
    const steps = this.#awaited[lane];
    if (lane === 'uart' && steps[0] !== undefined && this.#awaitedAt(steps[0]).what !== what)
      this.#leavePolls(what);
    const [index] = steps;
    const expected = index === undefined ? undefined : this.#awaitedAt(index);
    if (index !== undefined && expected?.what === what) {
      steps.shift();
      if (lane === 'uart') this.#sent = index;
      return { is: 'next', index };
    }
    return (lane === 'uart' && this.#askAgain(what)) || { is: 'other', expected };
  }

  #takePacket(what: string, peer: string | undefined): Taken {
    const steps = this.#awaited.platform;
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

  /** The last command once more, where the trace has another: by time, a poll fits in once more. */
  #askAgain(what: string): Taken | undefined {
    if (this.#sent === undefined || this.#awaitedAt(this.#sent).what !== what) return undefined;
    const answer = this.#answerTo(this.#sent);
    if (answer.length === 0) return undefined;
    return { is: 'asked-again', asked: this.#awaitedAt(this.#sent).at, answer };
  }

  /**
   * Leaves out repetitions of the last command that the harness does not make, if each was answered as the one before and
   * `what` follows: by time, a poll fits in once less.
   */
  #leavePolls(what: string): void {
    const sent = this.#sent;
    if (sent === undefined) return;
    const isSame = (index: number): boolean =>
      this.#awaitedAt(index).what === this.#awaitedAt(sent).what &&
      this.#bytesOf(index) === this.#bytesOf(sent);
    const steps = this.#awaited.uart;
    const more = steps.findIndex((index) => !isSame(index));
    const next = steps[more];
    if (more <= 0 || next === undefined || this.#awaitedAt(next).what !== what) return;
    const left = new Set<Step>(steps.splice(0, more).flatMap((index) => this.#answerTo(index)));
    const kept = this.#plays.filter((index) => !left.has(this.#steps[index] as Step));
    this.#plays.splice(0, this.#plays.length, ...kept);
  }

  /** What came from the module between a command and the next one. */
  #answerTo(sent: number): Played[] {
    const isCommand = (step: Step, at: number): boolean =>
      at > sent && step.is === 'awaited' && step.lane === 'uart';
    const end = this.#steps.findIndex(isCommand);
    return this.#steps
      .slice(sent + 1, end < 0 ? undefined : end)
      .filter((step): step is Played => step.is === 'played' && step.play.lane === 'uart');
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

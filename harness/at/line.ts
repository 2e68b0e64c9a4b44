import type { Chunk } from '../../rigs/port/port.ts';
import { createTail, type Tail } from '../../rigs/port/tail.ts';
import { messageOf, wireShown } from '../base/error.ts';
import type { Boot, Unsubscribe } from './at-client.ts';
import { bootOf, type BootSeen } from './boot-text.ts';
import { classify, commandNames } from './classify.ts';
import { type Debt, noDebt, payOne } from './debt.ts';
import { shownCommand } from './end-error.ts';
import type { Line } from './exchange.ts';
import type { Surroundings } from './exchange-life.ts';
import type { Frame } from './framer.ts';
import { createLateEnds, type LateEnds } from './late-end.ts';
import { latin1 } from './latin1.ts';
import { type LineSetup, receive, type Reception } from './reception.ts';
import { createTopic, type Topic } from './topic.ts';
import { type Turn, Turns } from './turns.ts';

/** Unsolicited lines kept while there is no listener. A boot prints about twenty. */
const backlog = 256;

/** Names of sent commands that are remembered; a run has fewer. */
const maxAsked = 256;

export interface Sent {
  readonly at: bigint;
  readonly bytes: number;
  readonly trace: number;
  readonly done: Promise<bigint>;
}

/**
 * The line as the turns use it: sends bytes, hands frames to the current turn, knows the debt and the boot, and handles
 * the frames that belong to no turn.
 */
export class AtLine {
  readonly setup: LineSetup;
  readonly turns = new Turns();
  readonly unsolicited: Topic<Line>;
  readonly stray: Topic<Line>;
  readonly boots: Topic<Boot>;
  readonly lateEnds: LateEnds;
  debt: Debt = noDebt;
  readonly #reception: Reception;
  readonly #tail: Tail = createTail(wireShown);
  readonly #chunkListeners = new Set<(chunk: Chunk) => void>();
  readonly #asked = new Set<string>();
  /** The turn that got the last frame: a late LF belongs to it. */
  #releasedTo: Turn | undefined;
  #boot: BootSeen | undefined;
  #booting = false;
  #expectations = 0;

  constructor(setup: LineSetup) {
    this.setup = setup;
    const noteFailure = (error: unknown): void =>
      this.note({ kind: 'listener-failed', text: messageOf(error) });
    this.unsolicited = createTopic<Line>(backlog, noteFailure);
    this.stray = createTopic<Line>(0, noteFailure);
    this.boots = createTopic<Boot>(0, noteFailure);
    this.lateEnds = createLateEnds(setup.clock);
    this.#reception = receive(
      setup,
      this.#tail,
      (chunk) => this.#chunkListeners.forEach((listener) => listener(chunk)),
      (frames) => this.#deliver(frames),
    );
  }

  get silence(): { clock: LineSetup['clock']; lastAt: () => bigint } {
    return { clock: this.setup.clock, lastAt: this.#reception.lastAt };
  }

  get lastTrace(): number {
    return this.#reception.lastTrace();
  }

  get surroundings(): Surroundings {
    // An expected boot begins before its text does: with noise, while the supply rises (BC26.md §2).
    return { asked: (name) => this.#asked.has(name), booting: this.#booting || this.#expectations > 0 };
  }

  /** The last bytes on the wire, sent and received, in order. */
  wire(): Uint8Array {
    return this.#tail.bytes();
  }

  shown(command: string): string {
    return shownCommand(this.setup.shown?.(command) ?? command);
  }

  note(body: Record<string, unknown>): void {
    this.setup.trace.write('note', this.setup.clock.now(), body);
  }

  onChunk(listener: (chunk: Chunk) => void): Unsubscribe {
    this.#chunkListeners.add(listener);
    return () => this.#chunkListeners.delete(listener);
  }

  /** Sends bytes. Subscribe before to what they cause. */
  write(bytes: Uint8Array): Sent {
    this.#reception.clearUnfinished();
    const data = latin1(bytes);
    this.#remember(data);
    const { before, done } = this.setup.port.write(bytes);
    this.#tail.push(bytes);
    const trace = this.setup.trace.write('uart.tx', before, { data });
    return { at: before, bytes: bytes.length, trace, done };
  }

  /** A command was answered: no more boot loader text comes. */
  endBooting(): void {
    this.#booting = false;
  }

  expectBoot(): Unsubscribe {
    this.#expectations++;
    let ended = false;
    return () => {
      if (!ended) this.#expectations--;
      ended = true;
    };
  }

  /** Takes a line of a boot text. The first line of a boot ends all waits. */
  takeBootText(line: Line): void {
    const found = bootOf(this.#boot, line);
    this.#boot = found?.boot ?? this.#boot;
    if (found?.fresh) this.#booted({ at: found.boot.at, expected: this.#expectations > 0 });
    this.unsolicited.publish(line);
  }

  /** Takes a frame that belongs to no command in flight. */
  takeUnclaimed(frame: Frame): void {
    if (frame.kind !== 'line') return;
    const found = classify(frame.line.data, { ...this.surroundings, pending: undefined });
    if (found.is === 'final' && frame.released) void this.lateEnds.next(frame.released.late);
    if (found.is === 'boot') this.takeBootText(frame.line);
    else if (found.is === 'unsolicited') this.unsolicited.publish(frame.line);
    else if (this.debt.owed === 0) this.publishStray(frame.line);
    else this.#stale(frame.line, found.is === 'final');
  }

  publishStray(line: Line): void {
    this.note({ kind: 'stray', data: line.data });
    this.stray.publish(line);
  }

  close(): void {
    this.lateEnds.close();
    this.#reception.close();
  }

  #remember(sent: string): void {
    for (const name of commandNames(sent)) {
      this.#asked.delete(name);
      this.#asked.add(name);
    }
    for (const oldest of this.#asked) {
      if (this.#asked.size <= maxAsked) break;
      this.#asked.delete(oldest);
    }
  }

  /** A line of the answer to a command that was given up: it is noted, but it is no stray. */
  #stale(line: Line, final: boolean): void {
    this.note({ kind: 'stale', data: line.data });
    if (final) this.debt = payOne(this.debt);
  }

  #booted(boot: Boot): void {
    this.#booting = true;
    this.turns.stopAll({ reason: 'boot', expected: boot.expected });
    this.boots.publish(boot);
    // No answer from before the restart is owed any more, also for commands that were stopped just now.
    this.debt = noDebt;
  }

  #deliver(frames: Frame[]): void {
    const claimed = this.lateEnds.chunk(frames, this.lastTrace);
    this.turns.hold(() => {
      for (const frame of frames) {
        if (frame.kind === 'discarded') {
          this.note({ kind: 'discarded', reason: frame.reason, bytes: frame.bytes });
        }
        const turn = this.turns.current;
        if (frame.kind === 'late-end') {
          if (!claimed && turn === this.#releasedTo) turn?.frame(frame);
          continue;
        }
        this.#releasedTo = turn;
        if (turn) turn.frame(frame);
        else this.takeUnclaimed(frame);
      }
    });
  }
}

import { type Clock, msToNs } from '../base/clock.ts';
import { answerText } from '../module/answer-text.ts';
import { overlongLine, parseCommandLine } from '../module/command-line.ts';
import type { Answer, Call, Module } from '../module/handler.ts';
import type { NvramFlash } from '../module/nvram.ts';
import { answerEarly } from './early-answer.ts';
import type { Firmware } from './firmware.ts';
import { type InputLine, LineInput } from './line-input.ts';
import { sendAnswer } from './send-answer.ts';
import type { ArrivedByte, Sent, WireOut } from './wire.ts';

/** Input that a UART driver buffers for a busy reader, bytes; more is lost. */
const WAITING_LIMIT = 4096;

const CARRIAGE_RETURN = 0x0d;

export interface AnsweredLine {
  readonly command: string;
  readonly received: ArrivedByte;
  readonly sent: Sent;
}

interface AtLineParts {
  readonly clock: Clock;
  readonly out: WireOut;
  readonly module: Module;
  readonly flash: Pick<NvramFlash, 'busyUntil'>;
  readonly firmware: Firmware;
  readonly onAnswered: (answered: AnsweredLine) => void;
  /** Called when a command stops the module, after its answer. */
  readonly onThen: (action: 'reset' | 'power-off') => void;
}

interface Outcome {
  readonly call: Call;
  readonly text: string;
  readonly then: Answer['then'];
}

/** The AT interface of one boot: lines in, answers out, one at a time. */
export class AtLine {
  readonly #parts: AtLineParts;
  readonly #input: LineInput;
  /** Bytes received while an answer was pending. */
  #waiting: ArrivedByte[] = [];
  #pending = false;
  #closed = false;
  /** The rest of a line whose first byte has aborted an answer is lost. */
  #aborting = false;
  #idleSince = 0n;
  readonly #readySince: bigint;

  constructor(parts: AtLineParts) {
    this.#parts = parts;
    this.#readySince = parts.clock.now();
    this.#input = new LineInput(() => parts.module.settings);
  }

  byte(arrived: ArrivedByte): void {
    const { pendingInput } = this.#parts.module.settings;
    if (this.#pending && pendingInput === 'aborts') this.#abort();
    if (this.#aborting) this.#aborting = arrived.byte !== CARRIAGE_RETURN;
    else if (!this.#pending) this.#take(arrived);
    else if (pendingInput === 'queued' && this.#waiting.length < WAITING_LIMIT) this.#waiting.push(arrived);
  }

  /** The module stops: input and answers are dropped. */
  close(): void {
    this.#closed = true;
    this.#waiting = [];
  }

  /** What was not sent of the answer never is. */
  #abort(): void {
    this.#parts.out.cut();
    this.#pending = false;
    this.#aborting = true;
  }

  #take(arrived: ArrivedByte): void {
    if (this.#closed) return;
    const { echo, line } = this.#input.byte(arrived.byte);
    if (this.#parts.module.session.echo && echo.length > 0) {
      this.#parts.out.send(Uint8Array.from(echo), arrived.at);
    }
    if (line) this.#answer(line, arrived);
  }

  #answer(line: InputLine, received: ArrivedByte): void {
    const { clock, flash, out } = this.#parts;
    const earlier = flash.busyUntil;
    const outcome = this.#execute(line.overlong ? overlongLine : this.#parse(line.text));
    if (!outcome) return;
    // A save is answered once those before it are through, any other command at once.
    const free = flash.busyUntil > earlier ? earlier : 0n;
    const begin = latest(latest(received.at, this.#idleSince) + msToNs(this.#latencyMs(outcome.call)), free);
    this.#pending = true;
    if (outcome.text === '') {
      clock.at(begin, () => this.#end(outcome));
      return;
    }
    sendAnswer(out, outcome.text, begin, this.#parts.module.settings.lateLfMs, (sent) => {
      this.#parts.onAnswered({ command: line.text, received, sent });
      this.#end(outcome);
    });
  }

  #parse(line: string): readonly Call[] {
    return parseCommandLine(line, this.#parts.module.settings.nameBlanks);
  }

  /** Executes commands in order up to the first that fails, with one final result for all. */
  #execute(calls: readonly Call[]): Outcome | undefined {
    const { firmware, module } = this.#parts;
    const blocks: (readonly string[])[] = [];
    let last: { call: Call; answer: Answer } | undefined;
    for (const call of calls) {
      const upMs = Number(this.#parts.clock.now() - this.#readySince) / 1e6;
      const answer = answerEarly(call, module.settings, upMs) ?? firmware.answer(call, module);
      blocks.push(answer.lines);
      last = { call, answer };
      if (answer.result !== 'OK' || answer.then) break;
    }
    if (!last) return undefined;
    const text = answerText(blocks, last.answer.result, module.session.cmee, module.settings.emptyLines);
    return {
      call: last.call,
      text: text === '' ? '' : firmware.bytes(text, last.call, module),
      then: last.answer.then,
    };
  }

  #latencyMs(call: Call): number {
    const { firmware, module } = this.#parts;
    const [low, high] = module.settings.latencyMs;
    const late = call.name === '' ? module.settings.atLatencyMs : 0;
    return firmware.latencyMs(low + module.random() * (high - low) + late, call, module);
  }

  #end(outcome: Outcome): void {
    if (this.#closed) return;
    this.#idleSince = this.#parts.clock.now();
    this.#pending = false;
    if (outcome.then) {
      this.close();
      this.#parts.onThen(outcome.then);
    }
    while (!this.#pending && this.#waiting.length > 0) {
      const [next] = this.#waiting.splice(0, 1);
      if (next) this.#take(next);
    }
  }
}

const latest = (one: bigint, other: bigint): bigint => (one > other ? one : other);

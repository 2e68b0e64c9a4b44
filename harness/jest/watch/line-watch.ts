import type { ExchangeFacts } from '../../../reports/record/entry.ts';
import { type Asked, createTimingBook, type TimingStatement } from '../../../reports/record/timing.ts';
import type { AtClient } from '../../at/at-client.ts';
import type { Exchange, Line } from '../../at/exchange.ts';
import { judgeLimit } from '../../at/timing.ts';
import { escapeBytes } from '../../base/escape.ts';
import { maxResponseMs } from '../../clauses/limits.ts';
import { describeCommand } from '../../cmdmp/form.ts';
import { maskPrivateKey } from '../../cmdmp/mask.ts';
import { usesOf } from '../../cmdmp/uses.ts';
import type { Emit } from '../host/emit.ts';
import type { LineFault } from '../host/fixtures.ts';
import type { KeyWatch } from './key-watch.ts';
import type { ReadingWatch } from './reading-watch.ts';
import { watchUnanswered } from './unanswered.ts';

/** What the exchanges of the whole run showed, over all tests. */
export interface LineWatch {
  readonly exchanges: readonly ExchangeFacts[];
  readonly faults: readonly LineFault[];
  /** The answers to the two commands, and how many had more empty lines than the framing needs. */
  readonly answers: { readonly all: number; readonly withEmptyLines: number };
  /** Adds what was found by other means than listening to the line. */
  readonly add: (fault: LineFault) => void;
  /** How the answers so far stand against their time limit. */
  timing(asked: Asked): readonly TimingStatement[];
}

/**
 * The two commands under test, with the clauses that state their time. The clauses of the line judge these commands
 * only, not those of bring-up.
 */
const timeClauses: ReadonlyMap<string, string> = new Map([
  ['AT+QDMPCFG', 'CFG-TIME'],
  ['AT+QDMPCFGEX', 'EX-TIME'],
]);

/** What is also held against the whole run. */
interface Watches {
  readonly keys?: Pick<KeyWatch, 'onLeak'>;
  readonly readings?: Pick<ReadingWatch, 'listen'>;
}

/** Listens to the line for the whole run: exchanges, unanswered commands, stray lines and unexpected boots. */
export function watchLine(at: AtClient, emit: Emit, { keys, readings }: Watches = {}): LineWatch {
  const exchanges: ExchangeFacts[] = [];
  const faults: LineFault[] = [];
  const timing = createTimingBook();
  const answers = { all: 0, withEmptyLines: 0 };
  let last: Exchange | undefined;
  // Reported at once, since a fault after the last test is judged by the record only.
  const addFault = (fault: LineFault): void => {
    faults.push(fault);
    emit({ type: 'line-fault', ...fault });
  };
  readings?.listen(at, addFault);
  keys?.onLeak((text) => addFault({ clause: 'CFG-MASK', text }));
  const addExchange = (facts: ExchangeFacts): void => {
    exchanges.push(facts);
    timing.add(facts);
    emit({ type: 'exchange', ...facts });
  };
  watchUnanswered(
    at,
    (command) => timeClauses.has(command),
    (facts) => addExchange({ ...facts, clause: timeClauses.get(facts.command) }),
  );
  at.onExchange((exchange) => {
    last = exchange;
    const facts = factsOf(exchange);
    addExchange(facts);
    if (!timeClauses.has(facts.command)) return;
    for (const fault of [framingFault(exchange), surplusFault(exchange)]) if (fault) addFault(fault);
    answers.all++;
    if (hasEmptyLine(exchange)) answers.withEmptyLines++;
  });
  at.onStray((line) => {
    const after = last ? `after the final result of ${last.command}` : 'before any command';
    addFault({ clause: 'AT-ONE-FINAL', text: `"${escaped(line)}" came ${after}` });
  });
  at.onBoot(({ expected }) => {
    if (!expected) addFault({ clause: 'BOOT-ALIVE', text: 'the module restarted unexpectedly' });
  });
  return { exchanges, faults, answers, add: addFault, timing: (asked) => timing.statements(asked) };
}

/** What the record keeps of an exchange. */
export function factsOf({ command, final, timing }: Exchange): ExchangeFacts {
  const { nvramWrite, ...facts } = describeCommand(command);
  return {
    ...facts,
    nvramWrite: nvramWrite && final.kind === 'OK',
    lo: timing.lo,
    hi: timing.hi,
    answerWireMs: timing.answerWireMs,
    disturbanceMs: timing.disturbanceMs,
    ...(timing.adapterMs > 0 && { adapterMs: timing.adapterMs }),
    final: escapeBytes(Buffer.from(final.text, 'latin1')),
    ...usesIn(command),
    ...timeFacts(facts.command, judgeLimit(timing, maxResponseMs)),
  };
}

/** The classes of input that a command tried; empty without any. */
function usesIn(command: string): Pick<ExchangeFacts, 'uses'> {
  const uses = usesOf(command).map(({ what }) => what);
  return uses.length === 0 ? {} : { uses };
}

/** How a command stands against its time limit; empty if it has none. */
function timeFacts(
  command: string,
  inTime: NonNullable<ExchangeFacts['inTime']>,
): Pick<ExchangeFacts, 'inTime' | 'clause'> {
  const clause = timeClauses.get(command);
  return clause === undefined ? {} : { inTime, clause };
}

const escaped = (line: Line): string => escapeBytes(Buffer.from(line.data, 'latin1'));

/**
 * A whole answer: information blocks and the final result, each with CR LF before and after (AT manual §1.2); a block
 * may hold several lines (TRANSCRIPTS.md §A: ATI). A sister module prints more empty lines than that (AT-FRAME-BLANK).
 */
const framed = /^(?:(?:\r\n)+(?:[^\r\n]+\r\n)+)*(?:\r\n)+(?:OK|ERROR|\+CM[ES] ERROR: ?[^\r\n]*)\r\n$/;

/** An empty line more than the framing of blocks and final result has. */
const emptyLine = /^(?:\r\n){2}|(?:\r\n){3}/;

/**
 * Judges the framing of one answer (AT-FRAME), without the echo before it. Not judged: an answer with an unsolicited
 * line inside it, since both have framing of their own, and one whose last LF may be missing only because we or the
 * emulated module were late.
 */
export function framingFault(exchange: Exchange): LineFault | undefined {
  if (exchange.unsolicited.length > 0) return brokenInto(exchange);
  if (framed.test(answerOf(exchange)) || exchange.endInDoubt || mayBeEchoed(exchange)) return undefined;
  const bytes = escapeBytes(Buffer.from(exchange.raw, 'latin1'));
  return { clause: 'AT-FRAME', text: `${exchange.command} was answered ${bytes}` };
}

/** A line of an answer that goes on behind an unsolicited line: both are then broken. */
function brokenInto(exchange: Exchange): LineFault | undefined {
  const answer = answerOf(exchange);
  const isBroken = exchange.unsolicited.some(({ data }) => {
    const at = answer.indexOf(`\r\n${data}\r\n`);
    const after = answer.slice(at + data.length + 4);
    return at > 0 && !/[\r\n]/.test(answer.charAt(at - 1)) && /^[^\r\n]/.test(after);
  });
  if (!isBroken) return undefined;
  const bytes = escapeBytes(Buffer.from(exchange.raw, 'latin1'));
  return {
    clause: 'AT-FRAME',
    text: `a line of the answer to ${exchange.command} was broken into: ${bytes}`,
  };
}

/** The bytes of an answer, without the echo before it. */
const answerOf = ({ echoEnd, raw }: Exchange): string => raw.slice(echoEnd).replace(/^\r(?=\r\n)/, '');

/**
 * Whether an answer may begin with an echo that could not be told from it: a UART of seven bits takes 0x8D in a command for
 * CR, so that one command becomes two lines. An echo that is whole was told, odd bytes or not.
 */
const mayBeEchoed = ({ command, echoed, raw }: Exchange): boolean =>
  !echoed && /[^\x20-\x7e]/.test(command) && raw.includes(command.slice(0, command.indexOf('=') + 1));

/** Whether an answer has more empty lines than its framing needs (AT-FRAME-BLANK). */
export const hasEmptyLine = (exchange: Exchange): boolean =>
  exchange.unsolicited.length === 0 && emptyLine.test(answerOf(exchange));

/** The clause on what a successful write answers, if this is one that answered more (CFG-OK-ALONE, EX-OK-ALONE). */
export function surplusFault(exchange: Exchange): LineFault | undefined {
  const { command, kind } = describeCommand(exchange.command);
  if (kind !== 'write' || exchange.final.kind !== 'OK' || exchange.information.length === 0) return undefined;
  if (mayBeEchoed(exchange)) return undefined;
  const bytes = escapeBytes(Buffer.from(exchange.raw, 'latin1'));
  return {
    clause: command === 'AT+QDMPCFG' ? 'CFG-OK-ALONE' : 'EX-OK-ALONE',
    text: `${maskPrivateKey(exchange.command)} was answered ${bytes}`,
  };
}

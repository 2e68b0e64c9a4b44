import { escapeText } from '../../base/escape.ts';
import type { TraceSink } from '../../base/trace.ts';
import { access } from '../../clauses/limits.ts';
import { privateKeysIn, withoutPrivateKeys } from '../../cmdmp/mask.ts';

/** Holds every byte of the module against every private key that it was given (CFG-MASK). */
export interface KeyWatch {
  /** A trace that is watched: what is written to it passes on. */
  readonly trace: TraceSink;
  /** Calls `listener` with each leak, in words without the key: those before it at once. */
  onLeak(listener: (text: string) => void): void;
}

/** One character more than may be shown. */
const tooMany = access.passwordShown + 1;
/** How many lines that were sent may still come back as an echo. */
const RECENT = 4;
/** How many characters tell an echo from an answer, where a UART has changed some. */
const ECHO_BEGINS = 12;
/** Bytes; a longer line is cut. */
const LONGEST_LINE = 65_536;
/** A module that leaks in each answer shows it by the first ones. */
const MOST_LEAKS = 20;

/** Every piece of a text that is one character longer than what may be shown. A mask is no part of a key. */
const piecesOf = (text: string): string[] =>
  Array.from({ length: Math.max(0, text.length - tooMany + 1) }, (_, at) =>
    text.slice(at, at + tooMany),
  ).filter((piece) => !piece.includes('*'));

/**
 * Watches what passes over the UART. A piece of a key counts only if nothing else explains it: no other part of a command
 * had it, and no line before the key was given.
 * @param given private keys that the module may hold from before the run
 */
export function watchKeys(sink: TraceSink, given: readonly string[]): KeyWatch {
  /** The key that a piece is of. */
  const keyOf = new Map<string, string>();
  const elsewhere = new Set<string>();
  const leaks: string[] = [];
  const listeners: ((text: string) => void)[] = [];
  const sent = createLines(takeSent);
  const received = createLines(takeReceived);
  const recent: string[] = [];
  /** What of the last command was not echoed yet: lines of the module's own may break into an echo, anywhere. */
  let unechoed = '';
  given.forEach(learn);

  function learn(key: string): void {
    for (const piece of piecesOf(key)) keyOf.set(piece, key);
  }

  function takeSent(line: string): void {
    unechoed = line;
    recent.push(line);
    if (recent.length > RECENT) recent.shift();
    const others = withoutPrivateKeys(line);
    // An answer shows what was saved in quotes without them, so its pieces reach over the ends of fields.
    for (const shown of [others, others.replaceAll('"', '')])
      for (const piece of piecesOf(shown)) elsewhere.add(piece);
    privateKeysIn(line).forEach(learn);
  }

  /** Whether a line is the echo of one that was sent, or the next piece of such an echo. */
  function isEcho(line: string): boolean {
    if (unechoed.startsWith(line)) {
      unechoed = unechoed.slice(line.length);
      return true;
    }
    const echo = recent.findLast((each) => each.slice(0, ECHO_BEGINS) === line.slice(0, ECHO_BEGINS));
    if (echo?.startsWith(line)) unechoed = echo.slice(line.length);
    return echo !== undefined;
  }

  function takeReceived(line: string): void {
    if (isEcho(line)) return;
    const pieces = piecesOf(line);
    const leaked = pieces.find((piece) => keyOf.has(piece) && !elsewhere.has(piece));
    if (leaked === undefined) return void pieces.forEach((piece) => elsewhere.add(piece));
    if (leaks.length >= MOST_LEAKS) return;
    const text = leakText(line.slice(0, line.indexOf(leaked)), leaked, keyOf.get(leaked) ?? '');
    leaks.push(text);
    for (const listener of listeners) listener(text);
  }

  return {
    trace: {
      get last() {
        return sink.last;
      },
      write(source, at, body) {
        if (source === 'uart.tx') sent(body.data ?? '');
        if (source === 'uart.rx') received(body.data ?? '');
        return sink.write(source, at, body);
      },
    },
    onLeak(listener) {
      listeners.push(listener);
      leaks.forEach(listener);
    },
  };
}

/** Where a line shows which characters of which key; of the key itself only what may be shown. */
function leakText(before: string, piece: string, key: string): string {
  const from = key.indexOf(piece) + 1;
  const begins = escapeText(before.slice(0, 40));
  return `a line that begins "${begins}" shows characters ${from} to ${from + piece.length - 1} of the private key ${key.slice(0, access.passwordShown)}****`;
}

/** Puts chunks together to lines. */
function createLines(take: (line: string) => void): (chunk: string) => void {
  let rest = '';
  return (chunk) => {
    const lines = `${rest}${chunk}`.split(/[\r\n]+/);
    rest = (lines.pop() ?? '').slice(-LONGEST_LINE);
    for (const line of lines) if (line !== '') take(line);
  };
}

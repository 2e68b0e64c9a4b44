import { createInterface } from 'node:readline';

import type { Redactor } from '../../../reports/secrets/redactor.ts';
import type { Board } from '../../../rigs/board.ts';
import { latin1 } from '../../at/latin1.ts';
import { whenQuiet } from '../../at/quiet.ts';
import type { Clock } from '../../base/clock.ts';
import { describeError, type HilError } from '../../base/error.ts';
import { privateKeysIn } from '../../cmdmp/mask.ts';
import { redacted } from '../redacted.ts';
import { type Key, KeyFilter, keyHelp } from './keys.ts';
import { PipedLines } from './piped-lines.ts';
import { PowerKeys } from './power-keys.ts';
import { type Output, Screen } from './screen.ts';
import { LineCutter } from './line-cutter.ts';

/** Where lines come from; a terminal can be told to hand on each key. */
export interface Input extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
}

export interface ConsoleOptions {
  readonly board: Pick<Board, 'port' | 'control'>;
  readonly input: Input;
  readonly output: Output;
  readonly clock: Clock;
  /** Lines typed earlier, newest first. */
  readonly history: readonly string[];
  /** Keeps private keys off the screen; everything is shown as it is without one. */
  readonly redactor?: Redactor | undefined;
  /** Aborts when the console has to end from outside. */
  readonly signal: AbortSignal;
}

export interface ConsoleEnd {
  /** Why the port went, when it did. */
  readonly gone: HilError | undefined;
  /** What was typed, newest first, `history` included. */
  readonly history: readonly string[];
}

/** After the last line of a pipe: an answer has begun within 300 ms, the AT manual's longest (BC26.md §2). */
const answerMs = 500;
/** A module that never falls silent does not hold a pipe's end up for longer. */
const lingerMs = 5_000;

/**
 * A terminal on the board's line: what is typed goes out with CR, what comes is shown byte for byte with its time.
 * Ends at Ctrl-X, Ctrl-D or the input's end, by `signal`, or when the port goes. Leaves the board as it is.
 */
export async function runConsole(options: ConsoleOptions): Promise<ConsoleEnd> {
  const { board, clock, input, output, redactor, signal } = options;
  const { port, control } = board;
  const screen = new Screen(output, clock.now());
  const say = (text: string): void => screen.said(text, clock.now());
  const send = (line: string): void => {
    redactor?.learn(privateKeysIn(line));
    const shown = redactor?.text(line) ?? line;
    screen.sent(Buffer.from(`${shown}\r`), port.write(Buffer.from(`${line}\r`)).before, line);
  };
  const piped = input.isTTY ? undefined : new PipedLines({ clock, send, say });
  let lastAt = 0n;
  const cutter = new LineCutter(clock, ({ bytes, at }) => {
    const text = latin1(bytes);
    screen.received(Buffer.from(redactor?.received(text) ?? text, 'latin1'), at);
    piped?.heard(text);
  });
  const forget = port.onData((chunk) => {
    lastAt = chunk.at;
    cutter.push(chunk);
  });
  const power = new PowerKeys(control, say);
  say(`${port.path} at ${port.baud} baud, ${control.driver}. ${keyHelp}`);
  if (control.capabilities.supplyCut) {
    await power.press('on');
    piped?.wake();
  } else say('the supply is not switched here: the module is as it was');

  const session = openSession(options, screen, {
    press: (key) => void power.press(key),
    line: (line) => (piped ? piped.push(line) : send(line)),
    inputEnded: () => piped?.drained() ?? Promise.resolve(),
  });
  const gone = await ended(session, port, signal);
  piped?.stop();
  screen.typedNoMore();
  await power.settled();
  if (!gone && !signal.aborted && !input.isTTY) await quiet(clock, () => lastAt);
  cutter.flush();
  forget();
  session.close();
  if (gone) say(describeError(redacted(gone, redactor)));
  return { gone, history: session.history };
}

/** What becomes of what is typed. */
interface Typist {
  readonly press: (key: Exclude<Key, 'end'>) => void;
  readonly line: (line: string) => void;
  /** Resolves when what was typed before the end of the input is done with. */
  readonly inputEnded: () => Promise<void>;
}

interface Session {
  /** Resolves when the input has ended and what it held is done with. */
  readonly over: Promise<void>;
  readonly history: readonly string[];
  /** Aborts at Ctrl-X. */
  readonly ending: AbortSignal;
  close(): void;
}

function openSession(
  { input, output, history }: ConsoleOptions,
  screen: Screen,
  { press, line, inputEnded }: Typist,
): Session {
  const ending = new AbortController();
  const keys = new KeyFilter((key) => (key === 'end' ? ending.abort() : press(key)));
  const terminal = input.isTTY === true;
  const typing = createInterface({ input: keys, output, terminal, history: [...history], historySize: 500 });
  let typed: readonly string[] = history;
  typing.on('history', (lines) => (typed = [...lines]));
  typing.on('SIGINT', () => ending.abort());
  // Stopped in the background the module would stay powered, with nobody to see it.
  typing.on('SIGTSTP', () => {});
  typing.on('line', line);
  const over = new Promise<void>((resolve) => typing.once('close', () => void inputEnded().then(resolve)));
  if (terminal) input.setRawMode?.(true);
  input.pipe(keys);
  screen.typeOn(typing);
  return {
    over,
    ending: ending.signal,
    get history() {
      return typed;
    },
    close() {
      input.unpipe(keys);
      if (terminal) input.setRawMode?.(false);
      typing.close();
      // A terminal that is still read would keep the process alive.
      input.pause();
    },
  };
}

/** Waits for the first of: end of input or Ctrl-D, Ctrl-X, the signal, the port's loss (returned). */
function ended(
  { over: inputOver, ending }: Session,
  port: ConsoleOptions['board']['port'],
  signal: AbortSignal,
): Promise<HilError | undefined> {
  return new Promise((resolve) => {
    const over = (): void => resolve(undefined);
    void inputOver.then(over);
    for (const end of [ending, signal]) {
      if (end.aborted) over();
      end.addEventListener('abort', over, { once: true });
    }
    port.onGone((error) => resolve(error));
  });
}

/** Waits until nothing came for a while: the answer to the last line of a pipe. */
function quiet(clock: Clock, lastAt: () => bigint): Promise<void> {
  return new Promise((resolve) => {
    const cancelLimit = clock.after(lingerMs, () => {
      cancelQuiet();
      resolve();
    });
    const cancelQuiet = whenQuiet({ clock, lastAt }, answerMs, clock.now(), () => {
      cancelLimit();
      resolve();
    });
  });
}

import { createInterface } from 'node:readline';

import type { Redactor } from '../../../reports/secrets/redactor.ts';
import type { Board } from '../../../rigs/board.ts';
import { latin1 } from '../../at/latin1.ts';
import { whenQuiet } from '../../at/timers.ts';
import type { Clock } from '../../base/clock.ts';
import { describeError, type HilError } from '../../base/error.ts';
import { maskPrivateKey, privateKeysIn } from '../../cmdmp/mask.ts';
import { redacted } from '../redacted.ts';
import { mayBeKept } from './history.ts';
import { type Key, KeyFilter, keyHelp } from './keys.ts';
import { LineCutter } from './line-cutter.ts';
import { NumericErrors, numericErrors } from './numeric-errors.ts';
import { PipedLines } from './piped-lines.ts';
import { PowerKeys } from './power-keys.ts';
import { type Output, Screen } from './screen.ts';

/** The input: a terminal, which can pass on each key, or a pipe. */
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
  /** Removes private keys from what is shown; undefined shows everything. */
  readonly redactor?: Redactor | undefined;
  /** Ends the console when it aborts. */
  readonly signal: AbortSignal;
}

export interface ConsoleEnd {
  /** The error, where the port vanished. */
  readonly gone: HilError | undefined;
  /** The lines typed, newest first, with those of `history`. */
  readonly history: readonly string[];
}

/** Silence that ends the answer to a pipe's last line, ms. An answer begins within 300 ms (AT manual; BC26.md §2). */
const QUIET_MS = 500;
/** How long a module that is never silent delays the end of a pipe, ms. */
const LINGER_MS = 5_000;

/**
 * A terminal on the board's line: a typed line is sent with CR, and each received byte is shown with its time.
 * Ends at Ctrl-C, Ctrl-D, Ctrl-X or the input's end, by `signal`, or when the port vanishes. Leaves the board as it is.
 */
export async function runConsole(options: ConsoleOptions): Promise<ConsoleEnd> {
  const { board, clock, input, output, redactor, signal } = options;
  const { port, control } = board;
  const screen = new Screen(output, clock.now());
  const inform = (text: string): void => screen.showMessage(text, clock.now());
  const send = (line: string, isTyped = false): void => {
    redactor?.learn(privateKeysIn(line));
    const shown = maskPrivateKey(redactor?.text(line) ?? line);
    const sentAt = port.write(Buffer.from(`${line}\r`)).before;
    screen.showSent(Buffer.from(`${shown}\r`), sentAt, isTyped ? line : undefined);
  };
  const piped = input.isTTY ? undefined : new PipedLines({ clock, send, inform });
  const errors = new NumericErrors(clock, send);
  let lastAt = 0n;
  const cutter = new LineCutter(clock, ({ bytes, at }) => {
    const text = latin1(bytes);
    // The module may echo a key that was typed.
    const shown = maskPrivateKey(redactor?.received(text) ?? text);
    screen.showReceived(Buffer.from(shown, 'latin1'), at);
    if (piped) piped.onLine(text);
    else errors.heard(text);
  });
  const unsubscribe = port.onData((chunk) => {
    lastAt = chunk.at;
    cutter.push(chunk);
  });
  const power = new PowerKeys(control, inform);
  inform(`${port.path} at ${port.baud} baud, ${control.driver}. ${keyHelp}`);
  if (control.capabilities.supplyCut) {
    await power.press('on');
    piped?.waitForModule();
  } else inform('the supply is not switched here: the module stays as it was');
  if (piped) piped.push(numericErrors);
  else errors.begin();

  const session = openSession(options, screen, {
    press: (key) => void power.press(key),
    line(line) {
      if (piped) return piped.push(line);
      errors.typed();
      send(line, true);
    },
    inputEnded: () => piped?.drained() ?? Promise.resolve(),
  });
  const gone = await waitForEnd(session, port, signal);
  piped?.stop();
  errors.stop();
  screen.stopTyping();
  await power.settled();
  if (!gone && !signal.aborted && !input.isTTY) await waitForQuiet(clock, () => lastAt);
  cutter.flush();
  unsubscribe();
  session.close();
  if (gone) inform(describeError(redacted(gone, redactor)));
  return { gone, history: session.history };
}

/** What to do with keys and lines. */
interface InputHandlers {
  readonly press: (key: Exclude<Key, 'end'>) => void;
  readonly line: (line: string) => void;
  /** Resolves when the lines before the end of the input were handled. */
  readonly inputEnded: () => Promise<void>;
}

interface Session {
  /** Resolves when the input has ended and its lines were handled. */
  readonly over: Promise<void>;
  readonly history: readonly string[];
  /** Aborts at Ctrl-X. */
  readonly ending: AbortSignal;
  close(): void;
}

function openSession(
  { input, output, history }: ConsoleOptions,
  screen: Screen,
  { press, line, inputEnded }: InputHandlers,
): Session {
  const ending = new AbortController();
  const keys = new KeyFilter((key) => (key === 'end' ? ending.abort() : press(key)));
  const terminal = input.isTTY === true;
  const typing = createInterface({ input: keys, output, terminal, history: [...history], historySize: 500 });
  let typed: readonly string[] = history;
  typing.on('history', (lines) => {
    // The listener may change the history (Node's readline): a private key must not come back at a key.
    lines.splice(0, lines.length, ...lines.filter(mayBeKept));
    typed = [...lines];
  });
  typing.on('SIGINT', () => ending.abort());
  // Ctrl-Z is ignored: a console stopped in the background would leave the module powered.
  typing.on('SIGTSTP', () => {});
  typing.on('line', line);
  const over = new Promise<void>((resolve) => typing.once('close', () => void inputEnded().then(resolve)));
  // A terminal that was closed cannot be read, nor given its settings back. Both are reported here, which ends the console.
  input.on('error', () => ending.abort());
  if (terminal) input.setRawMode?.(true);
  input.pipe(keys);
  screen.startTyping(typing);
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
      // Reading the terminal keeps the process alive.
      input.pause();
    },
  };
}

/** Waits for the end of input, Ctrl-D, Ctrl-X, the signal or the port's end; returns the error of the last. */
function waitForEnd(
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

/** Waits until nothing was received for a while: the answer to a pipe's last line is complete. */
function waitForQuiet(clock: Clock, lastAt: () => bigint): Promise<void> {
  return new Promise((resolve) => {
    const cancelLimit = clock.after(LINGER_MS, () => {
      cancelQuiet();
      resolve();
    });
    const cancelQuiet = whenQuiet({ clock, lastAt }, QUIET_MS, clock.now(), () => {
      cancelLimit();
      resolve();
    });
  });
}

import type { AtClient, Boot, SendOptions, Unsubscribe } from '../at/at-client.ts';
import type { Exchange, FinalResult } from '../at/exchange.ts';
import { HilError } from '../base/error.ts';
import type { ManualClock } from '../base/manual-clock.fixture.ts';
import { abortError, pause } from './pause.ts';

/** An answer as its lines, the final result last; `silence` is no answer at all. */
export type FakeReply = readonly string[] | 'silence';

/** The module behind a fake AT line: answers a command. */
type FakeModule = (command: string, line: FakeAt) => FakeReply;

/** A scripted AT line for unit tests, without bytes or port, on a ManualClock. */
export interface FakeAt extends AtClient {
  /** Every command sent, in order. */
  readonly commands: readonly string[];
  /** Prints the boot text. */
  boot(): void;
}

/** How long an answer takes, ms of the manual clock. */
const latencyMs = 10;

const final = (text: string): FinalResult => {
  const [, kind, code] = /^\+(CME|CMS) ERROR: (.*)$/.exec(text) ?? [];
  if (kind === 'CME' || kind === 'CMS') return { kind, text, code: Number(code) };
  return text === 'OK' ? { kind: 'OK', text } : { kind: 'ERROR', text };
};

const unused = (): never => {
  throw new HilError('USAGE', 'the scripted AT line does not do this');
};

export function createFakeAt(clock: ManualClock, module: FakeModule, echoes = false): FakeAt {
  const commands: string[] = [];
  const boots = new Set<(boot: Boot) => void>();
  let announced = 0;

  const answer = (command: string, lines: readonly string[], sentAt: bigint): Exchange => ({
    number: commands.length,
    command,
    raw: lines.map((line) => `\r\n${line}\r\n`).join(''),
    echoed: echoes,
    echoEnd: 0,
    information: lines.slice(0, -1),
    final: final(lines.at(-1) ?? ''),
    unsolicited: [],
    timing: {
      sentAt,
      startedAt: sentAt,
      endedAt: clock.now(),
      lo: latencyMs,
      hi: latencyMs,
      answerWireMs: 0,
      latenessMs: 0,
      adapterMs: 0,
      disturbanceMs: 0,
    },
    trace: [commands.length, commands.length],
  });

  /** Settles after `ms` with the result of `end`, or at once if the signal aborts. */
  const settle = <T>(ms: number, signal: AbortSignal | undefined, end: () => T): Promise<T> =>
    pause(clock, ms, signal).then(end);

  const line: FakeAt = {
    commands,
    boot() {
      const boot = { at: clock.now(), expected: announced > 0 };
      for (const listener of boots) listener(boot);
    },
    send(command: string, { deadlineMs = 5_000, signal }: SendOptions = {}) {
      if (signal?.aborted) return Promise.reject(abortError('the command', signal));
      commands.push(command);
      const sentAt = clock.now();
      const reply = module(command, line);
      if (reply !== 'silence') return settle(latencyMs, signal, () => answer(command, reply, sentAt));
      return settle(deadlineMs, signal, () => {
        throw new HilError('AT_TIMEOUT', `no answer to ${command}`, { wire: Buffer.from('\0\0') });
      });
    },
    idle: (quietMs, _deadlineMs, signal) => settle(quietMs, signal, () => undefined),
    expectBoot(): Unsubscribe {
      announced += 1;
      return () => (announced -= 1);
    },
    onBoot(listener) {
      boots.add(listener);
      return () => boots.delete(listener);
    },
    reported: () => Promise.resolve(),
    transmit: unused,
    onUnsolicited: unused,
    onStray: unused,
    onExchange: unused,
    onUnanswered: unused,
    close: unused,
  };
  return line;
}

/**
 * Moves the clock on until `promise` settles; timers and promises run in between.
 * @throws AT_TIMEOUT if it is still pending after ten minutes of the manual clock
 */
export async function elapse<T>(clock: ManualClock, promise: Promise<T>): Promise<T> {
  let settled = false;
  const done = (): void => void (settled = true);
  promise.then(done, done);
  for (let steps = 0; !settled; steps += 1) {
    if (steps > 60_000)
      throw new HilError('AT_TIMEOUT', 'still pending after ten minutes of the manual clock');
    clock.advance(10);
    await new Promise(setImmediate);
  }
  return promise;
}

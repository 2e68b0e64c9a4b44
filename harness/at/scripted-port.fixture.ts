import { noDelay } from '../../rigs/port/adapter-delay.ts';
import type { Chunk, Port, Write } from '../../rigs/port/port.ts';
import type { Clock } from '../base/clock.ts';
import { HilError } from '../base/error.ts';
import { latin1 } from './latin1.ts';

/** The answer to one write: chunks that arrive after so many ms. */
export type Answer = readonly { readonly afterMs: number; readonly text: string }[];

/** A port in memory for tests, without real time. */
export interface ScriptedPort extends Port {
  /** Everything written, latin1, one entry a write. */
  readonly written: string[];
  /** How many listeners for data or hang-up there are. */
  readonly listeners: number;
  /** Sets the answers to the next writes, one each; further writes are not answered. */
  answer(...answers: (string | Answer)[]): void;
  /** Bytes arrive now, in one chunk each. */
  arrive(...chunks: string[]): void;
  hangUp(): void;
  /** Write callbacks come so many ms after the write, or never. */
  callbackAfter: number | 'never';
}

/** @param clock the clock by which answers arrive */
export function scriptedPort(clock: Clock, baud = 115_200): ScriptedPort {
  const data = new Set<(chunk: Chunk) => void>();
  const gone = new Set<(error: HilError) => void>();
  const answers: Answer[] = [];
  let lost: HilError | undefined;

  const deliver = (text: string): void => {
    const chunk = { bytes: Buffer.from(text, 'latin1'), at: clock.now() };
    for (const listener of [...data]) listener(chunk);
  };

  const done = (port: ScriptedPort): Promise<bigint> => {
    if (lost) return Promise.reject(lost);
    const { callbackAfter } = port;
    if (callbackAfter === 'never') return new Promise(() => {});
    if (callbackAfter === 0) return Promise.resolve(clock.now());
    return new Promise((resolve) => clock.after(callbackAfter, () => resolve(clock.now())));
  };

  return {
    path: '/dev/scripted',
    baud,
    adapter: noDelay,
    written: [],
    callbackAfter: 0,
    get gone() {
      return lost;
    },
    get listeners() {
      return data.size + gone.size;
    },
    onData(listener) {
      data.add(listener);
      return () => data.delete(listener);
    },
    onGone(listener) {
      if (lost) listener(lost);
      else gone.add(listener);
      return () => gone.delete(listener);
    },
    write(bytes): Write {
      this.written.push(latin1(bytes));
      for (const { afterMs, text } of answers.shift() ?? []) clock.after(afterMs, () => deliver(text));
      return { before: clock.now(), done: done(this) };
    },
    answer(...more) {
      answers.push(...more.map((one) => (typeof one === 'string' ? [{ afterMs: 1, text: one }] : one)));
    },
    arrive(...chunks) {
      chunks.forEach(deliver);
    },
    hangUp() {
      lost = new HilError('PORT_GONE', 'scripted: it hung up', { remedy: 'plug it in again' });
      for (const listener of [...gone]) listener(lost);
    },
    close: () => Promise.resolve(),
  };
}

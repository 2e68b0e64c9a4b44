import { type Clock, toMs } from '../../../harness/base/clock.ts';
import type { GpioDriver, InputLine, Level, OutputLine } from './line.ts';

/** A driver whose lines are in memory, for tests of sequences. */
export interface MemoryGpio extends GpioDriver {
  /** What was done, oldest first, with the clock's ms: '600 powerKey low', '700 release powerKey'. */
  readonly log: string[];
  /** The level of each input, by the name in its key. */
  readonly inputs: Map<string, () => Level>;
  /** The error of the next write to a line, by its name; of the next claim as 'claim NAME'. */
  readonly failures: Map<string, Error>;
}

export function memoryGpio(clock: Clock): MemoryGpio {
  const log: string[] = [];
  const inputs = new Map<string, () => Level>();
  const failures = new Map<string, Error>();
  const nameOf = (key: string): string => key.replace('control.', '');
  const note = (...words: string[]): void => void log.push([toMs(clock.now()), ...words].join(' '));

  return {
    name: 'onoff',
    log,
    inputs,
    failures,
    claimOutput({ key }, rest): Promise<OutputLine> {
      const name = nameOf(key);
      let level = rest;
      const failure = failures.get(`claim ${name}`);
      if (failure) return Promise.reject(failure);
      note('claim', name, rest);
      return Promise.resolve({
        place: key,
        leftover: name === 'supply',
        read: () => Promise.resolve(level),
        write(next) {
          const failed = failures.get(name);
          if (failed) return Promise.reject(failed);
          if (next !== level) note(name, next);
          level = next;
          return Promise.resolve();
        },
        release() {
          note('release', name);
          return Promise.resolve();
        },
      });
    },
    claimInput({ key }): Promise<InputLine> {
      const read = inputs.get(nameOf(key)) ?? ((): Level => 'low');
      return Promise.resolve({
        place: key,
        leftover: false,
        read: () => Promise.resolve(read()),
        release: () => Promise.resolve(),
      });
    },
  };
}

import type { TraceSource } from '../../harness/base/trace.ts';
import type { TraceLine } from '../files/trace-file.ts';
import { followTests } from './current-test.ts';

/** Which lines of a trace are wanted; what is absent does not matter. */
export interface Wanted {
  readonly sources?: ReadonlySet<TraceSource>;
  /** Whether a test is wanted, by its name: its lines, its start and its end. */
  readonly test?: (name: string) => boolean;
  /** Monotonic ns, both included. */
  readonly from?: bigint;
  readonly to?: bigint;
  /** Numbers of lines, both included. */
  readonly lines?: readonly [first: number, last: number];
}

/** Whether a line is wanted. To be called with every line from the first one on. */
export function createFilter({ sources, test, from, to, lines }: Wanted): (line: TraceLine) => boolean {
  const testOf = followTests();
  return (line) => {
    const name = testOf(line);
    if (sources && !sources.has(line.source)) return false;
    if (test && (name === undefined || !test(name))) return false;
    if (lines && (line.n < lines[0] || line.n > lines[1])) return false;
    return (from === undefined || line.at >= from) && (to === undefined || line.at <= to);
  };
}

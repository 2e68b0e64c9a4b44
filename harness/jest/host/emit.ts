import type { Entry } from '../../../reports/record/entry.ts';
import type { Clock } from '../../base/clock.ts';
import type { TraceSink } from '../../base/trace.ts';

/** Says what happens: to the trace, and to the supervisor where there is one. Returns the trace's line. */
export type Emit = (entry: Entry) => number;

/**
 * Entries go to the trace first, so that a run that is cut can be completed from it.
 * @param send `process.send` of a child with a supervisor
 */
export function createEmit(
  trace: TraceSink,
  clock: Clock,
  send?: (message: { entry: Entry }) => unknown,
): Emit {
  return (entry) => {
    const source = entry.type.startsWith('test-') ? 'test' : 'note';
    const line = trace.write(source, clock.now(), { ...entry });
    send?.({ entry });
    return line;
  };
}

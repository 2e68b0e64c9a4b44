import type { Entry } from '../../../reports/record/entry.ts';
import type { Clock } from '../../base/clock.ts';
import type { TraceSink } from '../../base/trace.ts';

/** Reports an entry to the trace, and to the supervisor if there is one. Returns the number of the trace's line. */
export type Emit = (entry: Entry) => number;

/**
 * Writes each entry to the trace first, so that an interrupted run can be completed from it.
 * @param send `process.send`, if this process has a supervisor
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

import { type Clock, toMs } from '../../harness/base/clock.ts';
import { describeError } from '../../harness/base/error.ts';
import type { TraceSink } from '../../harness/base/trace.ts';
import type { Control } from './control.ts';

type Traced = <Result>(action: string, act: () => Promise<Result>) => Promise<Result>;

/**
 * Wraps a control so that every action has two lines in the trace: when it was begun, and when it was done or had
 * failed. So an action that never ends is in the trace too.
 */
export function traceControl(control: Control, trace: TraceSink, clock: Clock): Control {
  const traced: Traced = async (action, act) => {
    const startedAt = clock.now();
    const end = (body: Record<string, unknown>): void => {
      const at = clock.now();
      trace.write('control', at, { action, ms: toMs(at - startedAt), ...body });
    };
    trace.write('control', startedAt, { action, state: 'begun' });
    try {
      const result = await act();
      end({ state: 'done', ...(result !== undefined && { result }) });
      return result;
    } catch (error) {
      end({ state: 'failed', error: describeError(error) });
      throw error;
    }
  };
  return {
    driver: control.driver,
    capabilities: control.capabilities,
    on: () => traced('on', () => control.on()),
    off: () => traced('off', () => control.off()),
    reset: () => traced('reset', () => control.reset()),
    powerKey: () => traced('power-key', () => control.powerKey()),
    ...(control.letSpeak && { letSpeak: () => control.letSpeak!() }),
    powered: () => traced('powered', () => control.powered()),
    ...(control.provoke && { provoke: provoking(control.provoke, traced) }),
    rest: () => traced('rest', () => control.rest()),
    onTruth: (listener) => control.onTruth(listener),
    ...(control.ended && { ended: control.ended }),
    close: () => control.close(),
  };
}

const provoking =
  (provoke: NonNullable<Control['provoke']>, traced: Traced): typeof provoke =>
  (cause, present) =>
    traced(`${present ? 'provoke' : 'end'} ${cause}`, () => provoke(cause, present));

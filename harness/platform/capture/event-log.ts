import type { Cancel, Clock } from '../../base/clock.ts';
import { HilError } from '../../base/error.ts';
import type { Peer } from '../coap/peer.ts';
import { aborted, platformClosed } from '../coap/platform-errors.ts';
import type { EventBody, PlatformEvent } from '../lwm2m/events.ts';

interface WaitOptions {
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
  /** Only events with a higher number count, earlier ones included. By default only future events count. */
  readonly after?: number;
  /** What is awaited, in words, for the error message: `a registration`. */
  readonly what?: string;
}

/**
 * Waits for the first event that satisfies the predicate.
 * @throws PLATFORM_TIMEOUT after `deadlineMs`, ABORTED by the signal, PLATFORM_CLOSED when the platform is closed,
 * and any error of the predicate
 */
export interface WaitFor {
  <E extends PlatformEvent>(
    predicate: (event: PlatformEvent) => event is E,
    options: WaitOptions,
  ): Promise<E>;
  (predicate: (event: PlatformEvent) => boolean, options: WaitOptions): Promise<PlatformEvent>;
}

/** Records the events of the platform, and lets callers wait for them. */
export interface EventLog {
  readonly emit: (peer: Peer, body: EventBody) => void;
  /** The latest events, at most `MAX_EVENTS`; the oldest comes first. */
  readonly events: readonly PlatformEvent[];
  /** The number of the latest event, 0 before the first. */
  readonly last: number;
  readonly onEvent: (listener: (event: PlatformEvent) => void) => Cancel;
  readonly waitFor: WaitFor;
  close(): void;
}

/** An access-state suite causes a few hundred. */
export const MAX_EVENTS = 4_000;

export function createEventLog(clock: Clock): EventLog {
  const events: PlatformEvent[] = [];
  const listeners = new Set<(event: PlatformEvent) => void>();
  const waiters = new Set<(error: HilError) => void>();
  let last = 0;
  let closed = false;

  function emit(peer: Peer, body: EventBody): void {
    const event = { ...body, number: ++last, at: clock.now(), peer };
    events.push(event);
    if (events.length > MAX_EVENTS) events.shift();
    [...listeners].forEach((listener) => listener(event));
  }

  function onEvent(listener: (event: PlatformEvent) => void): Cancel {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  function waitFor(
    predicate: (event: PlatformEvent) => boolean,
    { deadlineMs, signal, after = last, what = 'an event' }: WaitOptions,
  ): Promise<PlatformEvent> {
    return new Promise((resolve, reject) => {
      const ends: Cancel[] = [];
      const end = (): void => ends.forEach((cancel) => cancel());
      const fail = (error: unknown): void => {
        end();
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passes on the predicate's own error
        reject(error);
      };
      const settleBy = (event: PlatformEvent): boolean => {
        try {
          if (!predicate(event)) return false;
        } catch (error) {
          fail(error);
          return true;
        }
        end();
        resolve(event);
        return true;
      };
      if (closed) return fail(platformClosed(what));
      if (signal?.aborted) return fail(aborted(what, signal));
      if (events.some((event) => event.number > after && settleBy(event))) return;
      ends.push(onEvent((event) => void settleBy(event)));
      ends.push(clock.after(deadlineMs, () => fail(timedOut(what, deadlineMs, events))));
      const onAbort = (): void => fail(aborted(what, signal));
      signal?.addEventListener('abort', onAbort, { once: true });
      waiters.add(fail);
      ends.push(
        () => signal?.removeEventListener('abort', onAbort),
        () => waiters.delete(fail),
      );
    });
  }

  return {
    emit,
    events,
    get last() {
      return last;
    },
    onEvent,
    // Serves both overloads: it resolves with the event that the predicate accepted.
    waitFor,
    close() {
      closed = true;
      [...waiters].forEach((fail) => fail(platformClosed('waiting')));
      listeners.clear();
    },
  };
}

function timedOut(what: string, deadlineMs: number, events: readonly PlatformEvent[]): HilError {
  const latest = events.at(-1);
  const seen = latest ? `the last event was "${latest.type}"` : 'there was no event at all';
  return new HilError(
    'PLATFORM_TIMEOUT',
    `the test platform did not see ${what} within ${deadlineMs} ms; ${seen}`,
    { remedy: 'check that the saved server and port lead to the platform, and look at the packets' },
  );
}

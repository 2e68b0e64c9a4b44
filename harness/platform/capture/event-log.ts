import type { Cancel, Clock } from '../../base/clock.ts';
import { HilError } from '../../base/error.ts';
import type { Peer } from '../coap/peer.ts';
import { aborted, platformClosed } from '../coap/platform-errors.ts';
import type { EventBody, PlatformEvent } from '../lwm2m/events.ts';

interface WaitOptions {
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
  /** Events with a higher number count, those of the past included; unless told, only events to come. */
  readonly after?: number;
  /** What is waited for, in words, for the error. */
  readonly what?: string;
}

/**
 * The first event that satisfies the predicate.
 * @throws PLATFORM_TIMEOUT after `deadlineMs`, ABORTED with the signal, PLATFORM_CLOSED with the platform,
 * and what the predicate throws
 */
export interface WaitFor {
  <E extends PlatformEvent>(
    predicate: (event: PlatformEvent) => event is E,
    options: WaitOptions,
  ): Promise<E>;
  (predicate: (event: PlatformEvent) => boolean, options: WaitOptions): Promise<PlatformEvent>;
}

/** Everything that happened at the platform, and waiting for it. */
export interface EventLog {
  readonly emit: (peer: Peer, body: EventBody) => void;
  /** The latest, oldest first; at most `MOST_EVENTS`. */
  readonly events: readonly PlatformEvent[];
  /** The number of the latest event, 0 before the first. */
  readonly last: number;
  readonly onEvent: (listener: (event: PlatformEvent) => void) => Cancel;
  readonly waitFor: WaitFor;
  close(): void;
}

/** An access-state suite causes a few hundred. */
export const MOST_EVENTS = 10_000;

export function createEventLog(clock: Clock): EventLog {
  const events: PlatformEvent[] = [];
  const listeners = new Set<(event: PlatformEvent) => void>();
  const waiters = new Set<(error: HilError) => void>();
  let last = 0;
  let closed = false;

  function emit(peer: Peer, body: EventBody): void {
    const event = { ...body, number: ++last, at: clock.now(), peer };
    events.push(event);
    if (events.length > MOST_EVENTS) events.shift();
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
      const end = (): void => ends.forEach((one) => one());
      const fail = (error: unknown): void => {
        end();
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever a predicate throws goes to its author
        reject(error);
      };
      const look = (event: PlatformEvent): boolean => {
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
      if (events.some((event) => event.number > after && look(event))) return;
      ends.push(onEvent((event) => void look(event)));
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
    // One body serves both forms: it resolves with the very event the predicate accepted.
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
  const seen = latest ? `the last event was "${latest.type}"` : 'nothing has come at all';
  return new HilError(
    'PLATFORM_TIMEOUT',
    `${what} did not come to the test platform within ${deadlineMs} ms; ${seen}`,
    { remedy: 'see that the saved server and port lead to the platform, and what the packets show' },
  );
}

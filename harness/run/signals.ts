import { type Clock, systemClock, toMs } from '../base/clock.ts';
import { HilError } from '../base/error.ts';
import { watchParent } from './parent-watch.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A signal within this time of the first request is the same: npm sends a second one after the terminal's, ms. */
const SAME_MS = 500;

export type StopSignal = (typeof signals)[number];

/** A request that the command ends. */
export interface StopRequest {
  readonly signal: StopSignal;
  /** For people: the signal's name, or what stands for it. */
  readonly why: string;
}

/** Collects requests to stop. While it listens, a signal does not end the process. */
export interface StopListener {
  /** The first request; undefined before it. */
  readonly request: StopRequest | undefined;
  /** Calls `listener` once at the first request; at once when there was one already. */
  onRequest(listener: (request: StopRequest) => void): void;
  /** Calls `listener` once when a signal comes after the first request. */
  onRepeat(listener: () => void): void;
  /** Stops listening: signals end the process again. */
  end(): void;
}

/**
 * Listens for SIGINT, SIGTERM and SIGHUP, and for the end of the parent process. That end counts as SIGTERM, because
 * npm and npx do not pass signals on.
 */
export const listenForStop = (clock: Pick<Clock, 'now'> = systemClock): StopListener =>
  listen(clock, watchParent);

function listen(clock: Pick<Clock, 'now'>, watch: typeof watchParent): StopListener {
  let request: StopRequest | undefined;
  let requestedAt = 0n;
  const listeners = new Set<(request: StopRequest) => void>();
  const repeatListeners = new Set<() => void>();
  const repeat = (): void => {
    repeatListeners.forEach((listener) => listener());
    repeatListeners.clear();
  };
  const stop = (signal: StopSignal, why: string): void => {
    if (request) return;
    const first = (request = { signal, why });
    requestedAt = clock.now();
    listeners.forEach((listener) => listener(first));
  };
  const handlers = signals.map((signal) => {
    const handler = (): void => {
      if (request && toMs(clock.now() - requestedAt) > SAME_MS) repeat();
      else stop(signal, signal);
    };
    process.on(signal, handler);
    return (): unknown => process.off(signal, handler);
  });
  const endWatch = watch(() => stop('SIGTERM', 'the process that started the run has ended'));
  return {
    get request() {
      return request;
    },
    onRequest(listener) {
      if (request) listener(request);
      else listeners.add(listener);
    },
    onRepeat: (listener) => void repeatListeners.add(listener),
    end() {
      endWatch();
      handlers.forEach((off) => off());
    },
  };
}

/** Settles as `work`, or rejects with ABORTED at a request to stop. */
export function unlessStopped<Result>(stop: StopListener, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    stop.onRequest(({ why }) => reject(new HilError('ABORTED', why)));
    work.then(resolve, reject);
  });
}

/** Calls `stop` once at the first request to stop; returns what ends the listening. */
export function watchForStop(stop: (signal: StopSignal, why: string) => void): () => void {
  const listener = listenForStop();
  listener.onRequest(({ signal, why }) => stop(signal, why));
  return () => listener.end();
}

/**
 * Like `watchForStop`, for a program that serves others and holds no board: what starts it in the background of a script
 * ends soon, and it goes on until a signal ends it.
 */
export function watchForSignal(stop: (signal: StopSignal) => void): () => void {
  const listener = listen(systemClock, () => () => {});
  listener.onRequest(({ signal }) => stop(signal));
  return () => listener.end();
}

/** What a shell reports for a process that the signal ended; SIGHUP counts as SIGTERM. */
export const exitCodeOfSignal = (signal: StopSignal): number => (signal === 'SIGINT' ? 130 : 143);

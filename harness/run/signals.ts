import { watchParent } from './parent-watch.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export type StopSignal = (typeof signals)[number];

/** Somebody wants the run to end. */
export interface StopAsked {
  readonly signal: StopSignal;
  /** The signal's name, or what stands for it. */
  readonly why: string;
}

/** Listens for the wish to stop; while it does, a signal ends nothing by itself. */
export interface StopWatch {
  /** Who asked first; undefined while nobody has. */
  readonly asked: StopAsked | undefined;
  /** Calls `listener` once when somebody asks; at once when somebody has. */
  onAsked(listener: (asked: StopAsked) => void): void;
  /** Gives the signals back. */
  end(): void;
}

/**
 * Hears signals, and the end of the process that started us: it stands for the SIGTERM that npm and npx did
 * not pass on.
 */
export function openStopWatch(): StopWatch {
  let asked: StopAsked | undefined;
  const listeners = new Set<(asked: StopAsked) => void>();
  const ask = (signal: StopSignal, why: string): void => {
    if (asked) return;
    const first = (asked = { signal, why });
    listeners.forEach((listener) => listener(first));
  };
  const handlers = signals.map((signal) => {
    const handler = (): void => ask(signal, signal);
    process.on(signal, handler);
    return (): unknown => process.off(signal, handler);
  });
  const endWatch = watchParent(() => ask('SIGTERM', 'the process that started the run has ended'));
  return {
    get asked() {
      return asked;
    },
    onAsked(listener) {
      if (asked) listener(asked);
      else listeners.add(listener);
    },
    end() {
      endWatch();
      handlers.forEach((off) => off());
    },
  };
}

/** Calls `stop` once when somebody asks; returns what gives the signals back. */
export function watchForStop(stop: (signal: StopSignal, why: string) => void): () => void {
  const watch = openStopWatch();
  watch.onAsked(({ signal, why }) => stop(signal, why));
  return () => watch.end();
}

/** What a shell reports for a process ended by the signal; SIGHUP counts as SIGTERM. */
export const exitCodeOfSignal = (signal: StopSignal): number => (signal === 'SIGINT' ? 130 : 143);

import type { HilError } from '../base/error.ts';

/** One call of the client. It ends once; later ends are ignored. */
export interface Call<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: HilError): void;
}

/**
 * @param signal its listener is removed when the call ends
 * @param onAbort is called when `signal` aborts
 * @param api the function that was called: an error's stack begins at its caller, not at the event that ended the call
 */
export function openCall<T>(
  signal: AbortSignal | undefined,
  onAbort: (reason: unknown) => void,
  api: (...parameters: never[]) => unknown,
): Call<T> {
  const from: { stack?: string } = {};
  // Captured now; formatted only if the call fails.
  Error.captureStackTrace(from, api);
  const { promise, resolve, reject } = withResolvers<T>();
  let ended = false;
  const abort = (): void => onAbort(signal?.reason);
  const end = (): boolean => {
    if (ended) return false;
    ended = true;
    signal?.removeEventListener('abort', abort);
    return true;
  };
  signal?.addEventListener('abort', abort, { once: true });
  return {
    promise,
    resolve: (value) => {
      if (end()) resolve(value);
    },
    reject: (error) => {
      if (end()) reject(withStack(error, from.stack));
    },
  };
}

function withStack(error: HilError, stack: string | undefined): HilError {
  const frames = stack?.split('\n').slice(1).join('\n');
  error.stack = `${error.name}: ${error.message}\n${frames ?? ''}`;
  return error;
}

/** Promise.withResolvers, which Node 20 lacks. */
function withResolvers<T>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: HilError) => void;
} {
  let resolve: (value: T) => void = () => {};
  let reject: (error: HilError) => void = () => {};
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

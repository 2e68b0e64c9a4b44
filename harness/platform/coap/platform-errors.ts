import { HilError } from '../../base/error.ts';

/** PLATFORM_CLOSED: the platform was closed while `what` was under way. */
export const platformClosed = (what: string): HilError =>
  new HilError('PLATFORM_CLOSED', `${what}: the test platform was closed`);

/** ABORTED: the signal ended `what`. */
export const aborted = (what: string, signal: AbortSignal | undefined): HilError =>
  new HilError('ABORTED', `${what} was aborted`, { cause: signal?.reason });

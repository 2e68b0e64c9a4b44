import { HilError } from '../../base/error.ts';

export const platformClosed = (what: string): HilError =>
  new HilError('PLATFORM_CLOSED', `${what}: the test platform was closed`);

export const aborted = (what: string, signal: AbortSignal | undefined): HilError =>
  new HilError('ABORTED', `${what} was aborted`, { cause: signal?.reason });

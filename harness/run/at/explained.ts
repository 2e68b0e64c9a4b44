import { type ErrorCode, HilError, isHilError } from '../../base/error.ts';

/** Their remedies name the trace, which this command does not keep. */
const citesTrace: ReadonlySet<ErrorCode> = new Set([
  'AT_REFUSED',
  'AT_TIMEOUT',
  'AT_RAN_ON',
  'AT_ANSWER_MALFORMED',
  'LINE_NOT_IDLE',
]);

const consoleOf = (rigName: string): string =>
  `\`bc26-hil console --rig ${rigName}\` shows all that the module sends`;

/** The same error, without a remedy that names the trace. */
export function withoutTrace(error: unknown, rigName: string): unknown {
  if (!isHilError(error) || !citesTrace.has(error.code)) return error;
  const { code, message, wire } = error;
  return new HilError(code, message, { remedy: consoleOf(rigName), cause: error, ...(wire && { wire }) });
}

/**
 * What to say where the module could not be made ready: nothing of what was to be sent was sent, so the error is not the
 * module's answer to it.
 */
export function notReady(error: unknown, rigName: string): unknown {
  if (!isHilError(error)) return error;
  const { message, wire, blame } = error;
  if (blame !== 'module') return withoutTrace(error, rigName);
  return new HilError('NOT_READY', `nothing was sent, since the module could not be made ready: ${message}`, {
    remedy: `check that the rig file describes this module; ${consoleOf(rigName)}`,
    cause: error,
    ...(wire && { wire }),
  });
}

import { HilError } from '../base/error.ts';
import { escapeBytes, shortened } from '../base/escape.ts';
import type { End } from './exchange-life.ts';

/** What an error says of the wait that failed. */
interface Wait {
  /** What was waited for, e.g. `AT+QDMPCFG?` or `a quiet line`. */
  readonly what: string;
  readonly path: string;
  readonly deadlineMs: number;
  /** The last bytes on the wire, sent and received. */
  readonly wire: Uint8Array;
}

/** A command in a message, characters: a line of a report. */
const longest = 118;

/** A command as it is shown: escaped, and no longer than a line of a report. */
export function shownCommand(command: string): string {
  return shortened(escapeBytes(Buffer.from(command, 'latin1')), longest);
}

/** The error for a wait that ended without what it was for. */
export function endError(
  end: Exclude<End, { reason: 'final' }>,
  { what, path, deadlineMs, wire }: Wait,
): HilError {
  switch (end.reason) {
    case 'deadline':
      return new HilError('AT_TIMEOUT', `no final result to ${what} on ${path} within ${deadlineMs} ms`, {
        wire,
        remedy: 'the module is silent, asleep or stuck: look at the trace for what it sent last',
      });
    case 'ran-on':
      return new HilError('AT_RAN_ON', `the answer to ${what} on ${path} outgrew the length limit`, {
        wire,
        remedy: 'look at the trace: a line without end, or an answer that repeats itself',
      });
    case 'abort':
      return new HilError('ABORTED', `waiting for ${what} on ${path} was aborted`, {
        wire,
        cause: end.cause,
      });
    case 'boot':
      return end.expected
        ? new HilError(
            'UNEXPECTED_RESET',
            `the module restarted during ${what} on ${path}, as it was asked to`,
            {
              wire,
              remedy: 'send nothing that matters between the reset and the end of the boot',
            },
          )
        : new HilError(
            'UNEXPECTED_RESET',
            `the module restarted during ${what} on ${path}; nobody asked for it`,
            {
              wire,
              remedy: 'a crash of the firmware, or a dip of the supply: check that the supply gives 0.5 A',
            },
          );
    case 'gone':
      return new HilError(end.error.code, `${what} was cut short: ${end.error.message}`, {
        wire,
        cause: end.error,
        remedy: end.error.remedy,
      });
    case 'closed':
      return new HilError('ABORTED', `the AT client of ${path} was closed during ${what}`, { wire });
  }
}

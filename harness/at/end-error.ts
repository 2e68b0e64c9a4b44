import { HilError } from '../base/error.ts';
import { escapeBytes, shortened } from '../base/escape.ts';
import type { End } from './exchange-life.ts';

interface Wait {
  /** E.g. `AT+QDMPCFG?` or `a quiet line`. */
  readonly what: string;
  readonly path: string;
  readonly deadlineMs: number;
  readonly wire: Uint8Array;
}

/** The longest command in a message, characters: one line of a report. */
const longestCommand = 118;

/** A command as messages show it: escaped, and cut where it is too long. */
export function shownCommand(command: string): string {
  return shortened(escapeBytes(Buffer.from(command, 'latin1')), longestCommand);
}

export function endError(
  end: Exclude<End, { reason: 'final' }>,
  { what, path, deadlineMs, wire }: Wait,
): HilError {
  switch (end.reason) {
    case 'deadline':
      return new HilError('AT_TIMEOUT', `no final result to ${what} on ${path} within ${deadlineMs} ms`, {
        wire,
        remedy: 'the module is silent, asleep or stuck: see the trace for what it sent last',
      });
    case 'ran-on':
      return new HilError('AT_RAN_ON', `the answer to ${what} on ${path} is longer than the limit`, {
        wire,
        remedy: 'see the trace: a line without end, or an answer that repeats itself',
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
              remedy: 'send no commands between the reset and the end of the boot',
            },
          )
        : new HilError(
            'UNEXPECTED_RESET',
            `the module restarted during ${what} on ${path}, and no restart was asked for`,
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

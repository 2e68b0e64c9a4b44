import { shortened } from '../../harness/base/escape.ts';
import { isErrorCode } from './candidates.ts';
import type { Cause } from './find-causes.ts';
import { quotedWord } from './shell-word.ts';

type Named = Pick<Cause, 'kind' | 'subject' | 'clauses'>;

const MOST_SUBJECT = 120;

/** What a cause is, without what it explains: `refuses an IMEI of 15 bytes (CFG-IMEI-LENGTH)`. */
export function causeInBrief({ kind, subject, clauses }: Named): string {
  const shown = shortened(subject, MOST_SUBJECT);
  const others = clauses.filter((id) => id !== subject);
  const ids = others.length === 0 ? '' : ` (${others.join(', ')})`;
  if (kind === 'shows wrongly' && isErrorCode(subject)) return `ends tests by ${subject}${ids}`;
  if (kind === 'shows wrongly') return `not as expected: ${shown}${ids}`;
  return `${kind} ${shown}${ids}`;
}

/** Whether a person can type a command as it is shown: an escaped byte is not what was sent. */
const canBeTyped = (command: string): boolean => /^[ -~]+$/.test(command) && !command.includes('\\');

/**
 * A cause in one sentence.
 * @param board the options that name the board: `--rig bench-1`
 */
export function causeSentence(cause: Cause, board: string): string {
  const { tests, of, against, first, commands } = cause;
  const failed = `failed test${of === 1 ? '' : 's'}`;
  const harmless =
    against === 0 ? '' : `, and ${against} test${against === 1 ? '' : 's'} did the same without harm`;
  const where = `first seen at line ${first.line} of the trace (${first.test})`;
  const typed = commands.length > 0 && commands.every(canBeTyped);
  const how = typed ? `; to see it: bc26-hil at ${board} ${commands.map(quotedWord).join(' ')}` : '';
  return `${causeInBrief(cause)}: explains ${tests.length} of ${of} ${failed}${harmless}; ${where}${how}`;
}

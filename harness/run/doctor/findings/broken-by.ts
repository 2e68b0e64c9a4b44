import { isHilError, messageOf } from '../../../base/error.ts';
import { escapeText } from '../../../base/escape.ts';
import { broken, type Finding } from './finding.ts';

/** How much of an error's text a finding quotes, characters. */
const QUOTED_LENGTH = 400;

/**
 * Makes a finding of the error that ended a check or probe.
 * @param defaultMend the fix to name where the error has no remedy
 */
export function brokenBy(id: string, error: unknown, defaultMend: string): Finding {
  const text = messageOf(error);
  const what = isHilError(error) ? `${error.code}: ${text}` : text;
  const mend = (isHilError(error) ? error.remedy : undefined) ?? defaultMend;
  return broken(id, escapeText(what.slice(0, QUOTED_LENGTH)), mend);
}

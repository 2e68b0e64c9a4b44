import { isHilError, messageOf } from '../../../base/error.ts';
import { escapeText } from '../../../base/escape.ts';
import { broken, type Finding } from './finding.ts';

/** Longest piece of an error's text that a finding quotes, characters. */
const quoted = 400;

/**
 * An error that ended a probe, as a finding with the error's own remedy.
 * @param elsewise the mend where the error brings none
 */
export function brokenBy(id: string, error: unknown, elsewise: string): Finding {
  const text = messageOf(error);
  const what = isHilError(error) ? `${error.code}: ${text}` : text;
  const mend = (isHilError(error) ? error.remedy : undefined) ?? elsewise;
  return broken(id, escapeText(what.slice(0, quoted)), mend);
}

import type { Settings } from '../settings/settings.ts';
import type { Call } from './handler.ts';

/** No command has this name, so the answer is that to an unknown command. */
const NONSENSE: Call = { name: '?', form: 'execute', parameters: '' };

/**
 * Parses a command line (latin1, without its CR) by V.250 §5.2 and §5.4.
 * @param nameBlanks whether blanks around the name of an extended command are ignored
 * @returns the commands in order; none for an empty line or for noise. What is not a command becomes a call
 *   that no handler answers.
 */
export function parseCommandLine(
  line: string,
  nameBlanks: Settings['nameBlanks'] = 'ignored',
): readonly Call[] {
  if (!/[\x20-\x7e]/.test(line)) return [];
  // A waking line puts junk before AT. No capture shows what a BC26 skips there. Printable text is not skipped
  // here: a word that happens to contain "at" must not erase anything.
  const prefix = /^[^\x21-\x7e]*at/i.exec(line);
  if (!prefix) return [NONSENSE];
  const body = line.slice(prefix[0].length);
  if (nameBlanks === 'refused' && blankInName.test(body)) return [NONSENSE];
  const calls = splitAtSemicolons(body).flatMap(parsePart);
  return calls.length > 0 ? calls : [{ name: '', form: 'execute', parameters: '' }];
}

/** A blank before the sign of the first command, after it, or behind the name. */
const blankInName = /^ +[+*^$%#]|^[+*^$%#](?: +[A-Z]|[A-Z\d]+ +[=?])/i;

/** The commands of a line that is longer than the firmware's buffer. */
export const overlongLine: readonly Call[] = [NONSENSE];

/** A semicolon joins commands, except inside a string (app-note, appInfo of AT+QDMPCFGEX). */
function splitAtSemicolons(body: string): readonly string[] {
  return body.match(/(?:"[^"]*(?:"|$)|[^";])+/g) ?? [];
}

/** Basic commands need no separator between them (V.250 §5.2.1): `E0V1+CMEE=1` is three commands. */
function parsePart(part: string): readonly Call[] {
  const text = part.trimStart();
  if (text === '') return [];
  if (/^[+*^$%#]/.test(text)) return [parseExtended(text)];
  const basic = /^(S\d+)(\?|=(\d*))|^(&?[A-Z])(\d*)/i.exec(text);
  if (!basic) return [NONSENSE];
  const [all, register, sign, value, name = '', digits = ''] = basic;
  const rest = parsePart(text.slice(all.length));
  if (register === undefined)
    return [{ name: name.toUpperCase(), form: 'execute', parameters: digits }, ...rest];
  const form = sign === '?' ? 'read' : 'write';
  return [{ name: register.toUpperCase(), form, parameters: value ?? '' }, ...rest];
}

/** Names by V.250 §5.4.1. Blanks around a name are ignored; parameters are kept byte for byte. */
function parseExtended(text: string): Call {
  const parts = /^([+*^$%#]) *([A-Z0-9!%./:_-]+) *(=\?|\?|=|)(.*)$/is.exec(text);
  if (!parts) return NONSENSE;
  const [, sign = '', rest = '', operator, tail = ''] = parts;
  const name = (sign + rest).toUpperCase();
  const alone = tail.trim() === '';
  if (operator === '=') return { name, form: 'write', parameters: tail };
  if (operator === '=?') {
    return alone ? { name, form: 'test', parameters: '' } : { name, form: 'write', parameters: `?${tail}` };
  }
  if (!alone) return NONSENSE;
  return { name, form: operator === '?' ? 'read' : 'execute', parameters: '' };
}

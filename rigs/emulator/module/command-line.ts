import type { Call } from './handler.ts';

/** What no command is called: it is answered as any unknown command is. */
const NONSENSE: Call = { name: '?', form: 'execute', parameters: '' };

/**
 * Takes a command line (latin1, without its CR) apart, by V.250 §5.2 and §5.4.
 * @returns the commands in order; none for an empty line or one of noise alone. What cannot be read as a
 *   command becomes a call that no handler answers.
 */
export function commandsOf(line: string): readonly Call[] {
  if (!/[\x20-\x7e]/.test(line)) return [];
  // A waking line puts junk before AT. No capture shows what a BC26 skips there: printable text is not, since a
  // word that happens to hold "at" must erase nothing.
  const prefix = /^[^\x21-\x7e]*at/i.exec(line);
  if (!prefix) return [NONSENSE];
  const body = line.slice(prefix[0].length);
  const calls = splitAtSemicolons(body).flatMap(callsOf);
  return calls.length > 0 ? calls : [{ name: '', form: 'execute', parameters: '' }];
}

/** A line longer than the firmware's buffer. */
export const overlongLine: readonly Call[] = [NONSENSE];

/** A semicolon joins commands, unless it stands inside a string (app-note, appInfo of AT+QDMPCFGEX). */
function splitAtSemicolons(body: string): readonly string[] {
  return body.match(/(?:"[^"]*(?:"|$)|[^";])+/g) ?? [];
}

/** Basic commands need no separator between them (V.250 §5.2.1): `E0V1+CMEE=1` is three commands. */
function callsOf(part: string): readonly Call[] {
  const text = part.trimStart();
  if (text === '') return [];
  if (/^[+*^$%#]/.test(text)) return [extended(text)];
  const basic = /^(S\d+)(\?|=(\d*))|^(&?[A-Z])(\d*)/i.exec(text);
  if (!basic) return [NONSENSE];
  const [all, register, sign, value, name = '', digits = ''] = basic;
  const rest = callsOf(text.slice(all.length));
  if (register === undefined)
    return [{ name: name.toUpperCase(), form: 'execute', parameters: digits }, ...rest];
  const form = sign === '?' ? 'read' : 'write';
  return [{ name: register.toUpperCase(), form, parameters: value ?? '' }, ...rest];
}

/** Names are those of V.250 §5.4.1; blanks around them do not count, parameters are kept byte for byte. */
function extended(text: string): Call {
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

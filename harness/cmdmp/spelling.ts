import type { Exchange } from '../at/exchange.ts';

/** Sends a command line. */
type Send = (command: string) => Promise<Exchange>;

/**
 * How a firmware takes server addresses and terminal IMEIs. Every example of the note writes them without quotes
 * (clauses CFG-IP-UNQUOTED, CFG-IMEI-UNQUOTED), but a firmware may want them in quotes, and the other clauses are then
 * judged in that form.
 */
export interface Spelling {
  /** The line as the firmware takes it. Only a save as the note writes it is changed, and only once quotes are known to be wanted. */
  of(command: string): string;
  /**
   * Sends a save that is valid, without quotes first. If that is refused, and in quotes it is not, quotes are wanted from
   * then on; unless it is taken without them when sent once more, for then the refusal had another reason.
   * @returns the exchange that saved; the first one if none did, or if the refusal had another reason
   */
  save(send: Send, command: string): Promise<Exchange>;
}

/** Saves as the note writes them: what stands before the value that may want quotes, the value, and the rest. */
const saves = [
  /^(AT\+QDMPCFG=1,)(\d{1,3}(?:\.\d{1,3}){3})(,\d{1,20},\d{1,20})$/,
  /^(AT\+QDMPCFG=2,"[^"]*","[^"]*",\d{1,20},)(\d{15,17})()$/,
] as const;

const formOf = (command: string): RegExp | undefined => saves.find((form) => form.test(command));

/** The same save with its address or IMEI in quotes; undefined for any other line. */
export function inQuotes(command: string): string | undefined {
  const form = formOf(command);
  return form && command.replace(form, '$1"$2"$3');
}

export function createSpelling(): Spelling {
  /** Whether quotes are wanted, by form. */
  const known = new Map<RegExp, boolean>();

  return {
    of(command) {
      const form = formOf(command);
      return form && known.get(form) === true ? (inQuotes(command) ?? command) : command;
    },
    async save(send, command) {
      const form = formOf(command);
      const quoted = inQuotes(command);
      const first = await send(command);
      if (!form || quoted === undefined || known.has(form)) return first;
      if (isOk(first)) {
        known.set(form, false);
        return first;
      }
      const inThem = await send(quoted);
      if (!isOk(inThem)) return first;
      const wanted = !isOk(await send(command));
      known.set(form, wanted);
      return wanted ? inThem : first;
    },
  };
}

const isOk = ({ final }: Exchange): boolean => final.kind === 'OK';

/** How many characters of a private key may be shown: the first four, as the module itself shows it (CFG-MASK). */
export const KEY_SHOWN = 4;

/** Replaces each hidden character. Not an asterisk, so that a module that hides nothing can be recognized. */
export const HIDDEN = '#';

/** The beginning of an answer with credentials, without blanks: the command's name, or none at the start of a line. */
const begins = /(?:\+\w*DMPCFG:|\n)"?2"?,$/i;
/** How many characters of a line's beginning are checked; the longest prefix has far fewer. */
const LOOKED_AT = 24;
/** How many characters of a field are kept; no key is as long. */
const LONGEST_KEPT = 1024;
/** An IMEI is 15 to 17 characters. */
const LONGEST_IMEI = 17;

const APP_KEY = 1;
const KEY = 2;
const TML_TYPE = 3;
const IMEI = 4;

/**
 * Hides private keys in a module's answers by their position: `+QDMPCFG: 2,<appKey>,<password>,<tmlType>,<tmlIMEI>`. The
 * key need not be known. Lengths stay and nothing is delayed, because an answer may arrive in any pieces. A comma in a
 * key shifts the fields after it; so everything after the second comma is hidden, except a terminal type of one digit
 * and an IMEI after it.
 */
export class KeyPlace {
  #head = '\n';
  /** The fields of an answer with credentials so far, the app key first; empty elsewhere. */
  #fields: string[] = [];

  /** Returns the next characters with those of the key hidden. */
  push(chunk: string): string {
    return Array.from(chunk, (character) => (this.#hides(character) ? HIDDEN : character)).join('');
  }

  /**
   * What the current line shows at the position of a key beyond the allowed characters; may be unfinished. As one text,
   * and as the fields into which its commas divide it.
   */
  get leaked(): readonly string[] {
    const after = this.#fields.slice(KEY - 1);
    const pieces = after.length > 2 ? after.slice(0, -2) : after.slice(0, 1);
    const keys = [pieces.join(','), ...pieces].map((text) =>
      text.trim().replace(/^"|"$/g, '').replace(/\*+$/, ''),
    );
    return [...new Set(keys)].filter(({ length }) => length > KEY_SHOWN);
  }

  #hides(character: string): boolean {
    if (character === '\r' || character === '\n') {
      this.#head = '\n';
      this.#fields = [];
      return false;
    }
    if (this.#fields.length === 0) return this.#seek(character);
    if (character === ',') {
      this.#fields.push('');
      return false;
    }
    return this.#inField(character);
  }

  #seek(character: string): false {
    if (character !== ' ') this.#head = (this.#head + character).slice(-LOOKED_AT);
    if (character === ',' && begins.test(this.#head)) this.#fields = [''];
    return false;
  }

  #inField(character: string): boolean {
    const number = this.#fields.length;
    const before = this.#fields[number - 1] ?? '';
    if (before === '' && character === ' ') return false;
    if (before.length < LONGEST_KEPT) this.#fields[number - 1] = before + character;
    const digit = /\d/.test(character);
    if (number === APP_KEY) return false;
    // The module's own asterisks stay visible.
    if (number === KEY) return before.length >= KEY_SHOWN && character !== '*';
    if (number === TML_TYPE) return !digit || before !== '';
    const afterType = /^\d$/.test(this.#fields[TML_TYPE - 1] ?? '');
    return !(number === IMEI && afterType && digit && before.length < LONGEST_IMEI);
  }
}

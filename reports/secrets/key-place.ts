/** What of a private key may be seen: its first four characters, as the module itself shows it (CFG-MASK). */
export const KEY_SHOWN = 4;

/** Stands for each character that is taken out: no asterisk, so that a module that hides nothing can be told. */
export const HIDDEN = '#';

/** How an answer with credentials begins, blanks left out: with the command's name, or at a line's start without. */
const begins = /(?:\+\w*DMPCFG:|\n)"?2"?,$/i;
/** Characters of a line's beginning that are looked at; the longest prefix has far fewer. */
const LOOKED_AT = 24;
/** Characters of a field kept; no key is as long. */
const LONGEST_KEPT = 1024;
/** An IMEI is 15 to 17 characters. */
const LONGEST_IMEI = 17;

const APP_KEY = 1;
const KEY = 2;
const TML_TYPE = 3;
const IMEI = 4;

/**
 * Takes private keys out of what a module answers, by the place where they stand:
 * `+QDMPCFG: 2,<appKey>,<password>,<tmlType>,<tmlIMEI>`. Nobody need know the key. Nothing is held back and lengths
 * stay, since an answer comes cut anywhere. A comma in either key moves what follows it by a field; so of all that
 * comes after the second comma but a terminal type of one digit and an IMEI behind it, nothing is shown.
 */
export class KeyPlace {
  #head = '\n';
  /** The fields of an answer with credentials so far, the app key first; empty elsewhere. */
  #fields: string[] = [];

  /** The next characters, the key's taken out. */
  push(chunk: string): string {
    return Array.from(chunk, (character) => (this.#hides(character) ? HIDDEN : character)).join('');
  }

  /**
   * What the line so far shows in the place of a key and a module should have masked; the last may be unfinished. As
   * one, and as the fields its commas make of it.
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
    // The module's own asterisks stay: they are what it should show.
    if (number === KEY) return before.length >= KEY_SHOWN && character !== '*';
    if (number === TML_TYPE) return !digit || before !== '';
    const afterType = /^\d$/.test(this.#fields[TML_TYPE - 1] ?? '');
    return !(number === IMEI && afterType && digit && before.length < LONGEST_IMEI);
  }
}

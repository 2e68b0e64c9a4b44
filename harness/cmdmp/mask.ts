import { access } from '../clauses/limits.ts';

/**
 * The second parameter of every `+QDMPCFG=2` in the sent text. An open quote extends to the end of the line. The type may
 * be written in other ways that a module may accept (clause CFG-NUMBER-FORM).
 */
const privateKey =
  /(\+QDMPCFG *= *"?[+0]*2"? *,(?:[^",]*"[^"\r\n]*"|[^",\r\n]*) *, *)("[^"\r\n]*|[^,"\r\n]*)/gi;

const unquoted = (key: string): string => key.replace(/^"/, '');

/**
 * A command as messages may show it: of a private key only the first four characters, as the module shows it (app note
 * §2.1).
 */
export const maskPrivateKey = (command: string): string =>
  command.replace(privateKey, (_, before: string, key: string) => {
    const shown = access.passwordShown + (key.length - unquoted(key).length);
    return unquoted(key) === '' ? before + key : `${before}${key.slice(0, shown)}****`;
  });

/** A command without its private keys, for what else it says. */
export const withoutPrivateKeys = (command: string): string =>
  command.replace(privateKey, (_, before: string) => before);

export const privateKeysIn = (command: string): readonly string[] =>
  [...command.matchAll(privateKey)].map(([, , key = '']) => unquoted(key)).filter((key) => key !== '');

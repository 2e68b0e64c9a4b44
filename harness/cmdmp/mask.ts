import { access } from '../clauses/limits.ts';

// The second quoted string of AT+QDMPCFG=2; a quote left open runs to the end of the line.
const privateKey = /^(AT\+QDMPCFG *= *2 *,[^,]*, *"?)([^",]*)/i;
const quotedAppKey = /^(AT\+QDMPCFG *= *2 *, *"[^"]*" *, *"?)([^"]*)/i;

/**
 * A command as messages may show it: of a private key only what the module itself would show, its first four
 * characters (app note §2.1).
 */
export function maskPrivateKey(command: string): string {
  const pattern = quotedAppKey.test(command) ? quotedAppKey : privateKey;
  return command.replace(pattern, (_, before: string, key: string) =>
    key === '' ? before : `${before}${key.slice(0, access.passwordShown)}****`,
  );
}

import type { Redactor } from '../../reports/secrets/redactor.ts';
import { HilError, isHilError } from '../base/error.ts';
import { cutMark } from '../base/escape.ts';

export { redactorOf } from '../jest/session/redactor-of.ts';

/** The same error with private keys removed from what is shown; only a HilError can contain any. */
export function redacted(thrown: unknown, redactor: Redactor | undefined): unknown {
  if (!redactor || !isHilError(thrown)) return thrown;
  const { code, message, remedy, wire, cause } = thrown;
  return new HilError(code, redactor.text(message), {
    ...(remedy !== undefined && { remedy: redactor.text(remedy) }),
    ...(wire && { wire: redactedWire(wire, redactor) }),
    cause,
  });
}

/** The wire that an error keeps may begin in the middle of a key. */
function redactedWire(wire: Uint8Array, redactor: Redactor): Uint8Array {
  const text = redactor.text(cutMark + Buffer.from(wire).toString('latin1'));
  return Buffer.from(text.slice(cutMark.length), 'latin1');
}

import type { AtClient } from '../at/at-client.ts';
import type { Exchange } from '../at/exchange.ts';
import { HilError } from '../base/error.ts';
import { accepted, inMessage, wireOf } from './accepted.ts';

/** Which module this is (BC26.md §5). */
export interface Identity {
  /** 15 digits. */
  readonly imei: string;
  /** The firmware's name, e.g. `BC26NBR01A07`. */
  readonly revision: string;
}

/** What a rig file demands of the module; what it leaves out is not checked. */
export interface IdentityGuard {
  readonly imei?: string;
  /** Prefix of the revision. */
  readonly firmware?: string;
}

// The manual prints `+CGSN:<imei>`, logs `+CGSN: <imei>`, sisters the bare number (TRANSCRIPTS.md §9).
const imeiLine = /^(?:\+CGSN: *)?(\d{15}) *$/;
// `Revision:` and `Revision :` both occur (BC26.md §2); 64 characters are ample for a firmware's name.
const revisionLine = /^Revision *: *([\x21-\x7e]{1,64}) *$/i;

/**
 * Asks the module who it is: `AT+CGSN=1`, then `AT+CGMR` or, where that says nothing, `ATI`.
 * @throws AT_REFUSED, AT_ANSWER_MALFORMED, and whatever `AtClient.send` rejects with
 */
export async function readIdentity(at: AtClient, signal?: AbortSignal): Promise<Identity> {
  const serial = accepted(await at.send('AT+CGSN=1', { signal }));
  const imei = firstMatch(serial, imeiLine);
  if (imei === undefined) throw unreadable(serial, 'an IMEI of 15 digits');
  return { imei, revision: await readRevision(at, signal) };
}

async function readRevision(at: AtClient, signal?: AbortSignal): Promise<string> {
  const revision = firstMatch(await at.send('AT+CGMR', { signal }), revisionLine);
  if (revision !== undefined) return revision;
  const summary = accepted(await at.send('ATI', { signal }));
  const fallback = firstMatch(summary, revisionLine);
  if (fallback === undefined) throw unreadable(summary, 'a line "Revision: …"');
  return fallback;
}

function firstMatch(exchange: Exchange, pattern: RegExp): string | undefined {
  for (const line of exchange.information) {
    const found = pattern.exec(line)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

const unreadable = (exchange: Exchange, expected: string): HilError =>
  new HilError(
    'AT_ANSWER_MALFORMED',
    `${exchange.command}: expected ${expected}, found "${inMessage(exchange.information.join('\n'))}"`,
    { wire: wireOf(exchange) },
  );

/** Whether this is a module the rig is for. */
export const isExpected = ({ imei, revision }: Identity, guard: IdentityGuard): boolean =>
  (guard.imei === undefined || imei === guard.imei) &&
  (guard.firmware === undefined || revision.startsWith(guard.firmware));

/**
 * Refuses any module but the rig's, before anything is written to it.
 * @throws IDENTITY_MISMATCH, which says what was found and what was expected
 */
export function guardIdentity(identity: Identity, guard: IdentityGuard): void {
  const { imei, revision } = identity;
  if (guard.imei !== undefined && imei !== guard.imei) {
    throw mismatch(`the module's IMEI is ${imei}, the rig file expects ${guard.imei}`);
  }
  if (guard.firmware !== undefined && !revision.startsWith(guard.firmware)) {
    throw mismatch(
      `the module's revision is ${inMessage(revision)}, the rig file expects ${guard.firmware}…`,
    );
  }
}

/**
 * A module does not change over a reboot; one that did is another module, or a firmware update nobody asked for.
 * @throws IDENTITY_MISMATCH
 */
export function sameIdentity(before: Identity, after: Identity): void {
  if (before.imei === after.imei && before.revision === after.revision) return;
  throw new HilError(
    'IDENTITY_MISMATCH',
    `before the reboot the module was ${describe(before)}, after it ${describe(after)}: not the same module`,
    { remedy: 'was the module exchanged, or does the rig file name the serial port of another board?' },
  );
}

const describe = ({ imei, revision }: Identity): string => `${imei} (${inMessage(revision)})`;

const mismatch = (message: string): HilError =>
  new HilError('IDENTITY_MISMATCH', message, {
    remedy:
      'nothing was written to it: choose the rig file of this module, or mend module.imei and module.firmware',
  });

import type { AtClient } from '../at/at-client.ts';
import type { Exchange } from '../at/exchange.ts';
import { HilError } from '../base/error.ts';
import { type Ask, askedTwice } from './patience.ts';
import { inMessage, requireOk, wireOf } from './require-ok.ts';

/** Tells one module from another (BC26.md §5). */
export interface Identity {
  /** 15 digits. */
  readonly imei: string;
  /** The firmware's name, e.g. `BC26NBR01A07`. */
  readonly revision: string;
}

/** What the rig file demands of the module; an absent field is not checked. */
export interface IdentityGuard {
  readonly imei?: string;
  /** Prefix of the revision. */
  readonly firmware?: string;
}

// The manual prints `+CGSN:<imei>`, logs show `+CGSN: <imei>`, related modules print the bare number (TRANSCRIPTS.md §9).
const imeiLine = /^(?:\+CGSN: *)?(\d{15}) *$/;
// `Revision:` and `Revision :` both occur (BC26.md §2). No firmware name is near 64 characters.
const revisionLine = /^Revision *: *([\x21-\x7e]{1,64}) *$/i;

/** What the module may be taken to be called already: one reading that says the same decides. */
export interface KnownIdentity {
  readonly imei?: string | undefined;
  readonly revision?: string | undefined;
}

/** A line that damages every answer is no line to judge a module by. */
const mostReadings = 5;

/**
 * Reads IMEI and firmware: `AT+CGSN=1`, then `AT+CGMR` or, without a result, `ATI`. Of each, two equal answers decide,
 * since one can be damaged on the line; what is known counts as one of them.
 * @param ask how a reading is repeated that was refused, unreadable or not answered
 * @throws AT_REFUSED, AT_ANSWER_MALFORMED, and the errors of `AtClient.send`
 */
export async function readIdentity(
  at: Pick<AtClient, 'send'>,
  { known = {}, ask = askedTwice, signal }: { known?: KnownIdentity; ask?: Ask; signal?: AbortSignal } = {},
): Promise<Identity> {
  return {
    imei: await readTwice(known.imei, 'AT+CGSN=1', () => ask(() => readImei(at, signal))),
    revision: await readTwice(known.revision, 'AT+CGMR', () => ask(() => readRevision(at, signal))),
  };
}

async function readTwice(
  known: string | undefined,
  command: string,
  read: () => Promise<string>,
): Promise<string> {
  const seen = new Set(known === undefined ? [] : [known]);
  for (let readings = 0; readings < mostReadings; readings += 1) {
    const found = await read();
    if (seen.has(found)) return found;
    seen.add(found);
  }
  throw new HilError(
    'AT_ANSWER_MALFORMED',
    `${command}: ${mostReadings} answers, and no two alike: ${[...seen].map(inMessage).join(', ')}`,
    { remedy: 'the line damages answers: check ground, level shifter, cable and baud rate' },
  );
}

async function readImei(at: Pick<AtClient, 'send'>, signal?: AbortSignal): Promise<string> {
  const serial = requireOk(await at.send('AT+CGSN=1', { signal }));
  const imei = firstMatch(serial, imeiLine);
  if (imei === undefined) throw unreadable(serial, 'an IMEI of 15 digits');
  return imei;
}

async function readRevision(at: Pick<AtClient, 'send'>, signal?: AbortSignal): Promise<string> {
  const revision = firstMatch(await at.send('AT+CGMR', { signal }), revisionLine);
  if (revision !== undefined) return revision;
  const summary = requireOk(await at.send('ATI', { signal }));
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

export const isExpected = ({ imei, revision }: Identity, guard: IdentityGuard): boolean =>
  (guard.imei === undefined || imei === guard.imei) &&
  (guard.firmware === undefined || revision.startsWith(guard.firmware));

/**
 * Refuses every module but the rig's; call it before anything is written.
 * @throws IDENTITY_MISMATCH with what was found and what was expected
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
 * A module keeps its identity over a reboot: another one means another module, or a firmware update.
 * @throws IDENTITY_MISMATCH
 */
export function requireSameIdentity(before: Identity, after: Identity): void {
  if (before.imei === after.imei && before.revision === after.revision) return;
  throw new HilError(
    'IDENTITY_MISMATCH',
    `before the reboot the module was ${describe(before)}, after it ${describe(after)}: not the same module`,
    { remedy: 'was the module replaced, or does the rig file name the serial port of another board?' },
  );
}

const describe = ({ imei, revision }: Identity): string => `${imei} (${inMessage(revision)})`;

const mismatch = (message: string): HilError =>
  new HilError('IDENTITY_MISMATCH', message, {
    remedy:
      'nothing was written to it: use the rig file of this module, or correct module.imei and module.firmware',
  });

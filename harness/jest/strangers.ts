import { HilError, isHilError } from '../base/error.ts';
import { escapeText, shortened } from '../base/escape.ts';
import type { Access } from '../cmdmp/access.ts';

/** 192.0.2.0/24 is nobody's: reserved for documentation (RFC 5737 §3). */
const nobody = /^192\.0\.2\.\d{1,3}$/;

/** A saved value, or undefined where the module does not say. */
async function saved<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isHilError(error) && (error.code === 'AT_REFUSED' || error.code === 'AT_ANSWER_MALFORMED'))
      return undefined;
    throw error;
  }
}

/** What decides whom a module contacts once it has booted; undefined: not saved, so the note's default. */
export interface Contact {
  readonly dmmode: number | undefined;
  readonly serverIP: string | undefined;
}

async function savedContact(access: Access): Promise<Contact> {
  const mode = await saved(() => access.savedMode());
  const server = await saved(() => access.savedServer());
  return { dmmode: mode?.dmmode, serverIP: server?.serverIP };
}

/** What is saved once the module has obeyed a command; whatever else it may be is none of AT+QDMPCFG. */
export function after(command: string, contact: Contact): Contact {
  const [, parameters] = /^AT\+QDMPCFG=(.*)$/is.exec(command) ?? [];
  const [type, value] = (parameters ?? '').split(',').map((parameter) => parameter.trim());
  switch (type) {
    case '0':
      return { ...contact, dmmode: value === '0' ? 0 : undefined };
    case '1':
      return { ...contact, serverIP: value };
    case '5':
      return withoutErased(value, contact);
    default:
      return contact;
  }
}

function withoutErased(option: string | undefined, contact: Contact): Contact {
  if (option === '0') return { ...contact, dmmode: undefined };
  if (option === '1') return { ...contact, serverIP: undefined };
  if (option === '2') return contact;
  return { dmmode: undefined, serverIP: undefined };
}

/**
 * Refuses a reboot after which the module would contact strangers: access enabled, and a saved server that is
 * neither the rig's own platform nor in 192.0.2.0/24. What the module does not say counts as the note's default:
 * enabled, China Mobile's server.
 * @param platform the address at which the module reaches the rig's own platform
 * @param last a command still to be given: the module has to be harmless whether or not it comes into force
 * @throws STRANGER_AT_REBOOT
 */
export async function guardStrangers(
  access: Access,
  platform: string | undefined,
  last?: string,
): Promise<void> {
  const now = await savedContact(access);
  for (const contact of last === undefined ? [now] : [now, after(last, now)]) {
    if (isStranger(contact, platform)) throw stranger(contact);
  }
}

/** Whether a module with this saved contacts strangers once it has booted. */
export const isStranger = ({ dmmode, serverIP }: Contact, platform: string | undefined): boolean =>
  dmmode !== 0 && (serverIP === undefined || !(nobody.test(serverIP) || serverIP === platform));

const serverOf = ({ serverIP }: Contact): string =>
  serverIP === undefined ? 'its default server' : escapeText(shortened(serverIP, 64));

const stranger = (contact: Contact): HilError =>
  new HilError(
    'STRANGER_AT_REBOOT',
    `not rebooted: the module would contact ${serverOf(contact)}, whatever was saved`,
    {
      remedy: `the saved mode reads ${contact.dmmode ?? 'nothing'}; before a reboot a suite saves mode 0 or a server in 192.0.2.0/24`,
    },
  );

/** Why a module that can no longer be asked is not booted. */
export const notBooted = (contact: Contact): HilError =>
  new HilError(
    'STRANGER_AT_REBOOT',
    `not booted: by what was saved or erased last, the module may contact ${serverOf(contact)}`,
    { remedy: 'boot it by hand where that server may be contacted, and save mode 0' },
  );

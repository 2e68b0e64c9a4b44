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
interface Contact {
  readonly dmmode: number | undefined;
  readonly serverIP: string | undefined;
}

async function savedContact(access: Access): Promise<Contact> {
  const mode = await saved(() => access.savedMode());
  const server = await saved(() => access.savedServer());
  return { dmmode: mode?.dmmode, serverIP: server?.serverIP };
}

/** What is saved once the module has obeyed a command; whatever else it may be is none of AT+QDMPCFG. */
function after(command: string, contact: Contact): Contact {
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
    const { dmmode, serverIP } = contact;
    if (dmmode === 0) continue;
    if (serverIP !== undefined && (nobody.test(serverIP) || serverIP === platform)) continue;
    throw stranger(contact);
  }
}

function stranger({ dmmode, serverIP }: Contact): HilError {
  const contacted = serverIP === undefined ? 'its default server' : escapeText(shortened(serverIP, 64));
  return new HilError(
    'STRANGER_AT_REBOOT',
    `not rebooted: the module would contact ${contacted}, whatever was saved`,
    {
      remedy: `the saved mode reads ${dmmode ?? 'nothing'}; before a reboot a suite saves mode 0 or a server in 192.0.2.0/24`,
    },
  );
}

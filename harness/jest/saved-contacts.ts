import type { HilError } from '../base/error.ts';
import type { Snapshot } from '../cmdmp/snapshot.ts';
import type { TestModule } from './host.ts';
import { writingLines } from './raw-writes.ts';
import type { Contact } from './strangers.ts';
import { after, isStranger, notBooted } from './strangers.ts';

type Line = Pick<TestModule, 'at' | 'transmit'>;

/** Whom a module that cannot be asked any more may contact once it boots: what was saved in it last. */
export interface SavedContacts {
  /** The same line; what is saved and erased on it is kept in mind. */
  following(line: Line): Line;
  /** Why the module must not be booted as things stand; undefined when it may be. */
  stranger(): HilError | undefined;
}

/** An emulated module: whatever is saved in it, it contacts nobody. */
export const contactsNobody: SavedContacts = { following: (line) => line, stranger: () => undefined };

/** What a snapshot shows as saved; undefined where it shows nothing of the kind. */
export const contactIn = ({ saved }: Snapshot): Contact => {
  const mode = /^0, *([01])$/.exec(saved['QDMPCFG 0']?.text ?? '')?.[1];
  const serverIP = /^1, *([^,\n]*),/.exec(saved['QDMPCFG 1']?.text ?? '')?.[1];
  return { dmmode: mode === undefined ? undefined : Number(mode), serverIP };
};

/**
 * Keeps whom a module may contact. What was answered OK is saved; what was not answered, or sent as raw bytes, may or
 * may not be.
 * @param found what was saved at the start
 * @param platform the address at which the module reaches the rig's own platform
 */
export function followContacts(found: Contact, platform: string | undefined): SavedContacts {
  let possible: readonly Contact[] = [found];

  const obeyed = (command: string): Contact[] => possible.map((contact) => after(command, contact));

  return {
    following: (line) => ({
      async at(command, options) {
        const before = possible;
        possible = distinct([...before, ...obeyed(command)]);
        const exchange = await line.at(command, options);
        possible = exchange.final.kind === 'OK' ? distinct(obeyed(command)) : before;
        return exchange;
      },
      async transmit(bytes, until) {
        for (const command of writingLines(Buffer.from(bytes).toString('latin1'))) {
          possible = distinct([...possible, ...obeyed(command)]);
        }
        return line.transmit(bytes, until);
      },
    }),
    stranger() {
      const contact = possible.find((each) => isStranger(each, platform));
      return contact && notBooted(contact);
    },
  };
}

/** Only whether access is disabled, and which server it is, counts: two alike are one. */
const distinct = (contacts: readonly Contact[]): readonly Contact[] => [
  ...new Map(
    contacts.map((contact) => [`${contact.dmmode === 0} ${contact.serverIP ?? ''}`, contact]),
  ).values(),
];

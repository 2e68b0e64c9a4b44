import { ManualClock } from '../base/manual-clock.fixture.ts';
import { createFakeAt, elapse, type FakeAt, type FakeReply } from '../bc26/fake-at.fixture.ts';
import type { Sender } from './access.ts';
import { savedRecords } from './records.ts';

/** A scripted module with the nine saved records. It checks no values; the values in use are always the defaults. */
export interface FakeDmp extends Sender {
  readonly commands: FakeAt['commands'];
  /** Saved texts by record name, type first, private keys in full. */
  readonly saved: Map<string, string>;
}

interface FakeDmpOptions {
  /** The answer to the query of an unsaved record, by record name. Default: `NULL` in every field. */
  readonly unsaved?: Readonly<Record<string, FakeReply>>;
  /** Answers by command; they come first. */
  readonly replies?: Readonly<Record<string, FakeReply>>;
}

const write = /^AT\+(QDMPCFG|QDMPCFGEX)=(\d)(?:,(.*))?$/s;
const inUse = [
  '+QDMPCFG: 0,1',
  '+QDMPCFG: 1,117.161.2.41,5683,86400',
  '+QDMPCFG: 2,,,0,863703030822519',
  'OK',
];

/** @param saved the records the module begins with */
export function fakeDmp(saved: Readonly<Record<string, string>> = {}, options: FakeDmpOptions = {}): FakeDmp {
  const clock = new ManualClock();
  const store = new Map(Object.entries(saved));
  const at = createFakeAt(clock, (command) => options.replies?.[command] ?? answer(store, command, options));
  return { commands: at.commands, saved: store, at: (command) => elapse(clock, at.send(command)) };
}

function answer(store: Map<string, string>, command: string, { unsaved = {} }: FakeDmpOptions): FakeReply {
  if (command === 'AT+QDMPCFG?') return inUse;
  const [, prefix = '', type = '', parameters = ''] = write.exec(command) ?? [];
  const [first = ''] = parameters.split(',');
  const asked = savedRecords.find(({ query }) => query === command);
  if (asked) return show(store, asked.name, prefix, unsaved);
  const erased = savedRecords.find(({ erase }) => erase === command);
  const values = prefix === 'QDMPCFG' ? parameters : first === '0' ? parameters.slice(2) : undefined;
  if (erased) store.delete(erased.name);
  else if (values !== undefined) store.set(`${prefix} ${type}`, `${type},${values.replaceAll('"', '')}`);
  else return ['+CME ERROR: 50'];
  return ['OK'];
}

function show(
  store: Map<string, string>,
  name: string,
  prefix: string,
  unsaved: Readonly<Record<string, FakeReply>>,
): FakeReply {
  const record = savedRecords.find((each) => each.name === name);
  const text = store.get(name);
  if (!record) return ['ERROR'];
  if (text === undefined) {
    return (
      unsaved[name] ?? [
        `+${prefix}: ${[record.type, ...Array<string>(record.fields).fill('NULL')].join(',')}`,
        'OK',
      ]
    );
  }
  // Masked as the note's example shows it.
  const shown =
    name === 'QDMPCFG 2' ? text.replace(/^(2,.*,)([^,]{0,4})[^,]*(,[^,]*,[^,]*)$/, '$1$2****$3') : text;
  return [`+${prefix}: ${shown}`, 'OK'];
}

import { accessRecords } from '../../dmp/access-records.ts';
import { extendedRecords } from '../../dmp/extended-records.ts';

/** What values a field has; `choice` is a number below `members`. */
export type ValueForm = 'choice' | 'number' | 'address' | 'text';

/** A field of a record of either command. */
export interface RecordField {
  /** The name of the note, §2. */
  readonly name: string;
  /** The NVRAM item. */
  readonly item: string;
  readonly command: 'access' | 'extended';
  /** `<type>` of its record. */
  readonly type: number;
  /** Its number in the record, from 0. */
  readonly index: number;
  /** How many fields its record has. */
  readonly of: number;
  /** The item of the field beside it; undefined where its record has no other. */
  readonly neighbour: string | undefined;
  readonly form: ValueForm;
  /** How many values there are to choose from; 0 unless `form` is `choice`. */
  readonly members: number;
  /** Bytes of the longest value that the clauses speak of. */
  readonly longest: number;
}

/** By NVRAM item. App keys have no stated length: the examples have 10, and real ones up to 32 (CFG-KEY-LENGTH). */
const accessFacts: Readonly<Record<string, readonly [string, ValueForm, longest: number, members?: number]>> =
  {
    dm_enable: ['mode', 'choice', 1, 2],
    dm_access_ip_address: ['server', 'address', 15],
    dm_port: ['port', 'number', 5],
    dm_update_period: ['period', 'number', 7],
    dm_appkey: ['appKey', 'text', 32],
    dm_pwd: ['password', 'text', 32],
    dm_interface: ['tmlType', 'choice', 1, 3],
    dm_imei1: ['imei', 'text', 17],
  };

/** The last field has the one before it beside it. */
const besideIn = (items: readonly string[], index: number): string | undefined =>
  items[index + 1] ?? items[index - 1];

const accessFields = accessRecords.flatMap(({ type, fields }) =>
  fields.map(({ item }, index): RecordField => {
    const [name, form, longest, members = 0] = accessFacts[item] ?? [item, 'text', 0];
    const items = fields.map((field) => field.item);
    const own = { name, item, form, longest, members, neighbour: besideIn(items, index) };
    return { ...own, command: 'access', type, index, of: fields.length };
  }),
);

const extendedFields = extendedRecords.flatMap(({ type, fields }) =>
  fields.map(({ name, item, maxBytes }, index): RecordField => {
    const items = fields.map((field) => field.item);
    const own = { name, item, longest: maxBytes, neighbour: besideIn(items, index) };
    return { ...own, form: 'text', members: 0, command: 'extended', type, index, of: fields.length };
  }),
);

/** Every field of both commands, in the order of the note. */
export const recordFields: readonly RecordField[] = [...accessFields, ...extendedFields];

/** The field of the other command whose value may come in the place of this one's. */
export const elsewhereOf = ({ command }: RecordField): string =>
  command === 'access' ? 'dm_ex_swname' : 'dm_access_ip_address';

/** The clause of a record: `CFG-SAVE-1`, `EX-ERASE-3`. */
export const clauseOf = ({ command, type }: RecordField, what: string): string =>
  `${chapterOf(command)}-${what}-${type}`;

/** What begins the ids of a command's clauses. */
export const chapterOf = (command: RecordField['command']): string => (command === 'access' ? 'CFG' : 'EX');

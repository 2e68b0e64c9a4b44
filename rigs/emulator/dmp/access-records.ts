import type { Nvram } from '../module/nvram.ts';
import type { Settings } from '../settings/settings.ts';
import {
  type FieldReader,
  readAppKey,
  readImei,
  readMode,
  readPassword,
  readPeriod,
  readPort,
  readServer,
  readTerminalType,
} from './field-readers.ts';

export interface AccessField {
  /** The NVRAM item, with the name it has in firmware A03 (BC26.md §9). */
  readonly item: string;
  readonly read: FieldReader;
  /** The value while nothing is saved. */
  readonly fallback: (settings: Settings) => string;
  /** The value that a sister firmware shows once the record is erased (EC: CMDMP.md §6). */
  readonly zero: string;
}

/** The fields that one `<type>` of AT+QDMPCFG saves. */
export interface AccessRecord {
  readonly type: 0 | 1 | 2;
  readonly fields: readonly AccessField[];
}

/** The private key, of which answers show four characters. */
export const passwordItem = 'dm_pwd';

/**
 * The records of AT+QDMPCFG. Defaults: the note, §2.1 (mode 1 and terminal type 0 are underlined there). While no
 * IMEI is saved, it is the module's own (BC26.md §9).
 */
export const accessRecords: readonly AccessRecord[] = [
  { type: 0, fields: [{ item: 'dm_enable', read: readMode, fallback: () => '1', zero: '0' }] },
  {
    type: 1,
    fields: [
      { item: 'dm_access_ip_address', read: readServer, fallback: () => '117.161.2.41', zero: '' },
      { item: 'dm_port', read: readPort, fallback: () => '5683', zero: '' },
      { item: 'dm_update_period', read: readPeriod, fallback: () => '86400', zero: '0' },
    ],
  },
  {
    type: 2,
    fields: [
      { item: 'dm_appkey', read: readAppKey, fallback: (settings) => settings.defaultAppKey, zero: '' },
      { item: passwordItem, read: readPassword, fallback: (settings) => settings.defaultPassword, zero: '' },
      { item: 'dm_interface', read: readTerminalType, fallback: () => '0', zero: '0' },
      { item: 'dm_imei1', read: readImei, fallback: (settings) => settings.imei, zero: '' },
    ],
  },
];

/** Whether nothing of a record is saved. */
export const isEmpty = (record: { fields: readonly { item: string }[] }, nvram: Nvram): boolean =>
  itemsOf(record).every((item) => nvram.read(item) === undefined);

export const itemsOf = (record: { fields: readonly { item: string }[] }): readonly string[] =>
  record.fields.map(({ item }) => item);

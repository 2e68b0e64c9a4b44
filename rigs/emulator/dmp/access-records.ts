import type { Settings } from '../settings/settings.ts';
import {
  readAppKey,
  type Reader,
  readImei,
  readMode,
  readPassword,
  readPeriod,
  readPort,
  readServer,
  readTerminalType,
} from './field-readers.ts';

/** One field of AT+QDMPCFG: where it is kept, how it is read, what it is while nothing is saved. */
export interface AccessField {
  /** NVRAM item; the names firmware A03 has (BC26.md §9). */
  readonly item: string;
  readonly read: Reader;
  readonly fallback: (settings: Settings) => string;
  /** What a sister firmware shows once the record is erased (EC: CMDMP.md §6). */
  readonly zero: string;
}

/** What one `<type>` of AT+QDMPCFG saves. */
export interface AccessRecord {
  readonly type: 0 | 1 | 2;
  readonly fields: readonly AccessField[];
}

/** The private key: the one field of which only four characters are shown. */
export const passwordItem = 'dm_pwd';

/**
 * The records of AT+QDMPCFG. Defaults: the note, §2.1 (mode 1 and terminal type 0 are underlined there); the
 * IMEI of a module on which none is saved is its own (BC26.md §9).
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

/** The NVRAM items of a record. */
export const itemsOf = (record: { fields: readonly { item: string }[] }): readonly string[] =>
  record.fields.map(({ item }) => item);

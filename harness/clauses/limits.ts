/**
 * The numbers of the note. Source: BC26 CMDMP Application Note V1.0 (§2.1, §2.2, §3), except where a line names
 * another.
 */

/** A range that includes both ends. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** "Maximum Response Time" of both commands, ms. */
export const maxResponseMs = 300;

/** AT+QDMPCFG, §2.1. */
export const access = {
  types: [0, 1, 2, 4, 5, 6],
  reservedType: 3,
  queryOptions: [0, 1, 2],
  eraseOptions: [0, 1, 2, 4],
  reservedOption: 3,
  /** The number of parameters after each type. */
  parameters: { 0: 1, 1: 3, 2: 4, 4: 1, 5: 1, 6: 0 },
  dmmode: { min: 0, max: 1, default: 1 },
  serverIP: { default: '117.161.2.41' },
  /** The note states only the default; the range is that of a UDP port (RFC 768) without 0. */
  serverPort: { min: 1, max: 65_535, default: 5683 },
  /** Seconds. */
  updatePeriod: { min: 300, max: 4_294_966, default: 86_400 },
  tmlType: { min: 0, max: 2, default: 0 },
  /** Length in bytes. */
  tmlIMEI: { min: 15, max: 17 },
  /** The most characters of the private key that may be shown. */
  passwordShown: 4,
} as const;

/** One string of an extended record; `maxBytes` without its quotes. */
export interface ExtendedField {
  readonly name: string;
  readonly maxBytes: number;
}

export interface ExtendedRecord {
  readonly type: number;
  readonly fields: readonly ExtendedField[];
}

/** AT+QDMPCFGEX, §2.2: the six records and their strings, in the order of the command's parameters. */
export const extendedRecords = [
  { type: 0, fields: [{ name: 'appInfo', maxBytes: 255 }] },
  { type: 1, fields: [{ name: 'mac', maxBytes: 19 }] },
  {
    type: 2,
    fields: [
      { name: 'rom', maxBytes: 19 },
      { name: 'ram', maxBytes: 19 },
      { name: 'cpu', maxBytes: 19 },
      { name: 'osSysVer', maxBytes: 47 },
    ],
  },
  {
    type: 3,
    fields: [
      { name: 'swVer', maxBytes: 47 },
      { name: 'swName', maxBytes: 47 },
    ],
  },
  {
    type: 4,
    fields: [
      { name: 'volte', maxBytes: 7 },
      { name: 'netType', maxBytes: 19 },
      { name: 'account', maxBytes: 47 },
      { name: 'phoneNum', maxBytes: 19 },
    ],
  },
  { type: 5, fields: [{ name: 'location', maxBytes: 255 }] },
] as const satisfies readonly ExtendedRecord[];

/** AT+QDMPCFGEX, §2.2. */
export const extended = {
  types: [0, 1, 2, 3, 4, 5],
  acts: { save: 0, read: 1, erase: 2 },
  /** Stands for "no information" in every field. */
  none: 'NULL',
} as const;

/** `<dmstate>`, §2.1, with the note's names. */
export const accessStates: ReadonlyMap<number, string> = new Map([
  [0, 'DMP_INITIAL_STATE'],
  [4, 'DMP_CONNECT_SUCCESS'],
  [5, 'DMP_CONNECT_FAILED'],
  [6, 'DMP_REG_SUCCESS'],
  [7, 'DMP_REG_FAILED'],
  [8, 'DMP_REG_TIMEOUT'],
  [9, 'DMP_LIFETIME_TIMEOUT'],
  [11, 'DMP_UPDATE_SUCCESS'],
  [12, 'DMP_UPDATE_FAILED'],
  [13, 'DMP_UPDATE_TIMEOUT'],
]);

/** One string of AT+QDMPCFGEX; its longest value is that of the note, §2.2. */
export interface ExtendedField {
  readonly name: string;
  /** The NVRAM item. */
  readonly item: string;
  readonly maxBytes: number;
}

/** The strings that one `<type>` of AT+QDMPCFGEX saves. */
export interface ExtendedRecord {
  readonly type: number;
  readonly fields: readonly ExtendedField[];
}

const field = (name: string, maxBytes: number): ExtendedField => ({
  name,
  item: `dm_ex_${name.toLowerCase()}`,
  maxBytes,
});

/** The records of AT+QDMPCFGEX, with the names and lengths of the note. */
export const extendedRecords: readonly ExtendedRecord[] = [
  { type: 0, fields: [field('appInfo', 255)] },
  { type: 1, fields: [field('mac', 19)] },
  { type: 2, fields: [field('rom', 19), field('ram', 19), field('cpu', 19), field('osSysVer', 47)] },
  { type: 3, fields: [field('swVer', 47), field('swName', 47)] },
  { type: 4, fields: [field('volte', 7), field('netType', 19), field('account', 47), field('phoneNum', 19)] },
  { type: 5, fields: [field('location', 255)] },
];

/** The string that means "no information" (the note, §2.2). */
export const noInformation = 'NULL';

import { access, extended, extendedRecords } from '../clauses/limits.ts';
import { accessCommand, accessWrite, extendedCommand, extendedWrite } from './encode.ts';

/** A record in the module's NVRAM, and the commands that show and erase it. */
export interface SavedRecord {
  /** `QDMPCFG 1`, `QDMPCFGEX 4`. */
  readonly name: string;
  /** `AT+QDMPCFG` or `AT+QDMPCFGEX`. */
  readonly command: string;
  readonly type: number;
  /** How many fields follow the type in an answer. */
  readonly fields: number;
  readonly query: string;
  readonly erase: string;
  /** What the note says an untouched record holds; fields it says nothing about make this undefined. */
  readonly defaults: string | undefined;
}

const accessRecord = (type: 0 | 1 | 2, defaults: string | undefined): SavedRecord => ({
  name: `QDMPCFG ${type}`,
  command: accessCommand,
  type,
  fields: access.parameters[type],
  query: accessWrite(4, type),
  erase: accessWrite(5, type),
  defaults,
});

const { dmmode, serverIP, serverPort, updatePeriod } = access;

/** The app key, private key and IMEI of an untouched module: the note names none. */
export const credentialsRecord = accessRecord(2, undefined);

/** All that the two commands save: three records of one, six of the other. */
export const savedRecords: readonly SavedRecord[] = [
  accessRecord(0, `0,${dmmode.default}`),
  accessRecord(1, `1,${serverIP.default},${serverPort.default},${updatePeriod.default}`),
  credentialsRecord,
  ...extendedRecords.map(({ type, fields }): SavedRecord => ({
    name: `QDMPCFGEX ${type}`,
    command: extendedCommand,
    type,
    fields: fields.length,
    query: extendedWrite(type, extended.acts.read),
    erase: extendedWrite(type, extended.acts.erase),
    defaults: undefined,
  })),
];

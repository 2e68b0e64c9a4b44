import { access, extended, extendedRecords } from '../clauses/limits.ts';
import { accessCommand, accessWrite, extendedCommand, extendedWrite } from './encode.ts';

export interface SavedRecord {
  /** `QDMPCFG 1`, `QDMPCFGEX 4`. */
  readonly name: string;
  readonly command: string;
  readonly type: number;
  /** The number of fields after the type in an answer. */
  readonly fields: number;
  readonly query: string;
  readonly erase: string;
  /** The defaults of the note; undefined if it does not state all of them. */
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

/** The note states no defaults for app key, private key and IMEI. */
export const credentialsRecord = accessRecord(2, undefined);

/** All saved records: three of AT+QDMPCFG, six of AT+QDMPCFGEX. */
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

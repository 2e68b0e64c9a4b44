import type { Range } from './limits.ts';

/** The note's §3, table 1 (27.007). */
const printed27007: ReadonlyMap<number, string> = new Map([
  [3, 'operation not allowed'],
  [4, 'operation not supported'],
  [23, 'memory failure'],
  [30, 'no network service'],
  [50, 'incorrect parameters'],
  [51, 'command implemented but currently disabled'],
  [52, 'command aborted by user'],
  [159, 'uplink busy'],
]);

/** The note's §3, table 2 (27.005). Its first five rows have no numbers; they are from 27.005 §3.2.5. */
const printed27005: ReadonlyMap<number, string> = new Map([
  [300, 'ME failure'],
  [301, 'SMS service of ME reserved'],
  [302, 'operation not allowed'],
  [303, 'operation not supported'],
  [304, 'invalid PDU mode parameter'],
  [305, 'invalid text mode parameter'],
  [310, 'USIM not inserted'],
  [311, 'USIM PIN required'],
  [312, 'PH-USIM PIN required'],
  [313, 'USIM failure'],
  [314, 'USIM busy'],
  [315, 'USIM wrong'],
  [316, 'USIM PUK required'],
  [317, 'USIM PIN2 required'],
  [318, 'USIM PUK2 required'],
  [320, 'memory failure'],
  [321, 'invalid memory index'],
  [322, 'memory full'],
  [330, 'SMSC address unknown'],
  [331, 'no network service'],
  [332, 'network timeout'],
  [340, 'no +CNMA acknowledgement expected'],
  [500, 'unknown error'],
]);

/** Where a numeric code may come from (ERR-CODES). */
interface CodeSource {
  readonly source: string;
  readonly range: Range;
}

const codeSources: readonly CodeSource[] = [
  // The note refers to §9.2 for "all possible" values: up to 180, and some from 256 on, for which we had no list.
  // A code fails only if no table can hold it, so 256 to 299 pass.
  { source: '27.007 V13.5.0 §9.2', range: { min: 0, max: 180 } },
  { source: '27.007 V13.5.0 §9.2 (may list it)', range: { min: 256, max: 299 } },
  { source: '27.005 §3.2.5', range: { min: 300, max: 512 } },
  { source: 'BC26 AT commands manual', range: { min: 513, max: 799 } },
];

/**
 * The standard that defines a numeric error code; undefined if none does: then ERR-CODES fails.
 */
export const sourceOfCode = (code: number): string | undefined =>
  codeSources.find(({ range: { min, max } }) => Number.isInteger(code) && code >= min && code <= max)?.source;

/** The note's words for a code; undefined if neither printed table has it (ERR-CODES-PRINTED). */
export const printedMeaning = (code: number): string | undefined =>
  printed27007.get(code) ?? printed27005.get(code);

import type { SavedRecord } from '../../harness/jest/suite.ts';
import { isAccess, type Values } from './records.ts';

/** Each record has this many numbered values. */
export const numberOfValues = 100;

/**
 * Values of a record that contain a number, so a reading shows which save they come from. Neighbouring numbers
 * differ in every field, so a mix of two saves matches neither. None is a default, and servers are in 192.0.2.0/24
 * (RFC 5737). The access mode is always 0, because 1 is the default.
 * @param number 0 to 99
 */
export function numberedValues(record: SavedRecord, number: number): Values {
  const n = String(number).padStart(2, '0');
  return (isAccess(record) ? accessValues(number, n) : extendedValues(number, n))[record.type] ?? [];
}

const accessValues = (number: number, n: string): readonly Values[] => [
  ['0'],
  [`192.0.2.${100 + number}`, String(6000 + number), String(1000 + number)],
  // Private keys must differ in their first four characters, because no more is shown.
  [`M3000000${n}`, `K${n}-TrueKey`, String(1 + (number % 2)), `8637030308${n}007`],
];

const extendedValues = (number: number, n: string): readonly Values[] => [
  [`App${n}|com.example.app${n}|9906${n}|91${n}`],
  [`00-01-6C-06-A6-${n}`],
  [`rom-${n}`, `ram-${n}`, `cpu-${n}`, `RTOS 1.${n}`],
  [`SW 1.${n}`, `Meter ${n}`],
  [`${number % 2 === 0 ? 'on' : 'off'}-${n}`, `LTE-${n}`, `ACC-${n}`, `180096999${n}`],
  [`31.84387990${n},117.2025477950,OTDOA`],
];

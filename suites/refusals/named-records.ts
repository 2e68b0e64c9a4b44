import { type SavedRecord, savedRecords } from '../../harness/jest/suite.ts';
import { accessRecords, isAccess } from '../records/records.ts';
import { lenientReadings } from './lenient-readings.ts';

/** What a line may change if a module accepts it. */
interface NamedRecords {
  readonly command: 'AT+QDMPCFG' | 'AT+QDMPCFGEX';
  readonly act: 'save' | 'erase';
  readonly records: readonly SavedRecord[];
}

const extendedOnes = savedRecords.filter((record) => !isAccess(record));

/** A parameter as a number, read leniently: blanks, quotes, a plus sign and leading zeros are ignored. */
const lenientNumber = (typed = ''): number | undefined => {
  const digit = /^[\s"+]*0*(\d)[\s"]*$/.exec(typed)?.[1];
  return digit === undefined ? undefined : Number(digit);
};

const ofType = (records: readonly SavedRecord[], type: number | undefined): readonly SavedRecord[] =>
  records.filter((record) => record.type === type);

type Named = Omit<NamedRecords, 'command'>;

function namedInAccess(type: string | undefined, option: string | undefined): Named {
  if (type === undefined || type.trim() === '') return { act: 'save', records: accessRecords };
  if (lenientNumber(type) !== 5) return { act: 'save', records: ofType(accessRecords, lenientNumber(type)) };
  // Without an option, or with the option for all, the module may erase any of the three.
  const all = option === undefined || option.trim() === '' || lenientNumber(option) === 4;
  return { act: 'erase', records: all ? accessRecords : ofType(accessRecords, lenientNumber(option)) };
}

function namedInExtended(type: string | undefined, act: string | undefined): Named {
  const records =
    type === undefined || type.trim() === '' ? extendedOnes : ofType(extendedOnes, lenientNumber(type));
  return { act: lenientNumber(act) === 2 ? 'erase' : 'save', records };
}

/** Blanks outside quotes mean nothing to many parsers (clause CFG-NUMBER-FORM), also in a name: `AT+ QDMPCFG`. */
const withoutBlanks = (line: string): string => line.replace(/("[^"]*"?)| +/g, '$1');

function namedBy(reading: string): NamedRecords | undefined {
  const [, extended, parameters] =
    /^\s*AT\s*\+QDMPCFG(EX)?\s*=(.*?)\r*$/is.exec(withoutBlanks(reading)) ?? [];
  if (parameters === undefined) return undefined;
  const [first, second] = parameters === '' ? [] : parameters.split(',');
  return extended === undefined
    ? { command: 'AT+QDMPCFG', ...namedInAccess(first, second) }
    : { command: 'AT+QDMPCFGEX', ...namedInExtended(first, second) };
}

/**
 * The records that a command line names, read leniently: a malformed line that is accepted may change these and no
 * others. Where it has several readings, it names what each of them names.
 * @returns undefined if the line is not a save or an erase of either command in any reading
 */
export function recordsNamedIn(line: string): NamedRecords | undefined {
  const all = lenientReadings(line).flatMap((reading) => namedBy(reading) ?? []);
  const first = all.find(({ records }) => records.length > 0) ?? all[0];
  return first && { ...first, records: [...new Set(all.flatMap(({ records }) => records))] };
}

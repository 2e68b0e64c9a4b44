import { type ExtendedField, extendedRecords } from '../../dmp/extended-records.ts';
import type { Fault } from '../fault.ts';
import { matchExtended } from '../match-command.ts';
import { acceptFault, refuseFault, type SavedParameter } from '../saved-parameter.ts';

/** `swVer` → `sw-ver`, the spelling in an id. */
const kebab = (name: string): string => name.replace(/[A-Z]/g, (upper) => `-${upper.toLowerCase()}`);

/** The place of a string in the command of AT+QDMPCFGEX that saves it. */
function parameterOf(type: number, index: number, field: ExtendedField): SavedParameter {
  const match = matchExtended(new RegExp(`^${type},0,`));
  return { match, index: index + 2, item: field.item, goodValue: '"x"' };
}

function limitsOf(field: ExtendedField, parameter: SavedParameter): readonly Fault[] {
  const { name, maxBytes } = field;
  const id = `ex-${kebab(name)}`;
  return [
    refuseFault(
      `${id}-longest-refused`,
      `refuses the longest ${name}, ${maxBytes} bytes`,
      [`EX-LEN-${name}`],
      parameter,
      (value) => value.length === maxBytes,
    ),
    acceptFault(
      `${id}-cut-short`,
      `accepts ${name} of more than ${maxBytes} bytes and saves the first ${maxBytes}`,
      [`EX-LEN-OVER-${name}`],
      parameter,
      (value) => value.length > maxBytes,
      (value) => value.slice(0, maxBytes),
    ),
    acceptFault(
      `${id}-over-accepted`,
      `accepts ${name} of ${maxBytes + 1} bytes`,
      [`EX-LEN-OVER-${name}`],
      parameter,
      (value) => value.length === maxBytes + 1,
    ),
  ];
}

/** Lengths of AT+QDMPCFGEX that are off by one: three faults for each string. */
const limits: readonly Fault[] = extendedRecords.flatMap(({ type, fields }) =>
  fields.flatMap((field, index) => limitsOf(field, parameterOf(type, index, field))),
);

/** The note counts bytes; this firmware counts characters of UTF-8. */
const charactersCounted: Fault = acceptFault(
  'ex-characters-counted',
  'limits the MAC address to 19 characters instead of 19 bytes',
  ['EX-BYTES'],
  { match: matchExtended(/^1,0,/), index: 2, item: 'dm_ex_mac', goodValue: '"x"' },
  (value) => value.length > 19 && Buffer.from(value, 'latin1').toString('utf8').length <= 19,
);

export const faults: readonly Fault[] = [...limits, charactersCounted];

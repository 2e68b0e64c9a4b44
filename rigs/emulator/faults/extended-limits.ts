import { type ExtendedField, extendedRecords } from '../dmp/extended-records.ts';
import type { Fault } from './fault.ts';
import { matchExtended } from './match-command.ts';
import { acceptFault, refuseFault, type SavedParameter } from './saved-parameter.ts';

/** `swVer` → `sw-ver`, as it stands in an id. */
const kebab = (name: string): string => name.replace(/[A-Z]/g, (upper) => `-${upper.toLowerCase()}`);

/** Where a string of AT+QDMPCFGEX stands in the command that saves it. */
function slotOf(type: number, index: number, field: ExtendedField): SavedParameter {
  const match = matchExtended(new RegExp(`^${type},0,`));
  return { match, index: index + 2, item: field.item, goodValue: '"x"' };
}

function limitsOf(field: ExtendedField, slot: SavedParameter): readonly Fault[] {
  const { name, maxBytes } = field;
  const id = `ex-${kebab(name)}`;
  return [
    refuseFault(
      `${id}-longest-refused`,
      `refuses ${name} of ${maxBytes} bytes, the longest`,
      slot,
      (value) => value.length === maxBytes,
    ),
    acceptFault(
      `${id}-cut-short`,
      `takes ${name} of more than ${maxBytes} bytes and cuts it there`,
      slot,
      (value) => value.length > maxBytes,
      (value) => value.slice(0, maxBytes),
    ),
    acceptFault(
      `${id}-over-accepted`,
      `takes ${name} of ${maxBytes + 1} bytes whole`,
      slot,
      (value) => value.length === maxBytes + 1,
    ),
  ];
}

/** Lengths of AT+QDMPCFGEX that are off by one, three faults for each of its strings. */
export const extendedLimits: readonly Fault[] = extendedRecords.flatMap(({ type, fields }) =>
  fields.flatMap((field, index) => limitsOf(field, slotOf(type, index, field))),
);

/** Counts characters of UTF-8 where the note counts bytes. */
export const charactersCounted: Fault = acceptFault(
  'ex-characters-counted',
  'counts characters, not bytes, for the longest MAC address',
  { match: matchExtended(/^1,0,/), index: 2, item: 'dm_ex_mac', goodValue: '"x"' },
  (value) => value.length > 19 && Buffer.from(value, 'latin1').toString('utf8').length <= 19,
);

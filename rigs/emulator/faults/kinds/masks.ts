import { accessRecords, passwordItem } from '../../dmp/access-records.ts';
import { maskPassword } from '../../dmp/mask-password.ts';
import type { Module } from '../../module/handler.ts';
import type { Fault } from '../fault.ts';
import { lineFault } from '../fault-builders.ts';
import { isActiveRead, type Match, matchAccess } from '../match-command.ts';

type Source = (item: string, module: Module) => string;

const activeValue: Source = (item, { active: { values } }) => values.get(item) ?? '';

const savedValue: Source = (item, { nvram, settings }) => {
  const field = accessRecords.flatMap(({ fields }) => fields).find((each) => each.item === item);
  return nvram.read(item) ?? field?.fallback(settings) ?? '';
};

/** A fault that shows the private key with a wrong mask. */
const keyFault = (
  id: string,
  describe: string,
  breaks: Fault['breaks'],
  match: Match,
  source: Source,
  show: (password: string, masked: string) => string,
): Fault =>
  lineFault(id, describe, breaks, match, (lines, module) => {
    const password = source(passwordItem, module);
    const masked = maskPassword(password, module.settings);
    const start = `+QDMPCFG: 2,${source('dm_appkey', module)},`;
    return lines.map((line) => {
      const key = line.slice(start.length);
      if (!line.startsWith(start) || !key.trimStart().startsWith(masked)) return line;
      return start + key.replace(masked, () => show(password, masked));
    });
  });

/** Between `RDY` and the end of the boot, as a fraction of its time. */
const AFTER_READY = 0.9;

const showWhole = (password: string): string => password;
const showFive = (password: string, masked: string): string =>
  password.length > 4 ? password.slice(0, 5) + masked.slice(4) : masked;

const showTail = (password: string, masked: string): string =>
  password.length > 8 ? masked + password.slice(-4) : masked;

/** Answers that show more of the private key than its first four characters, or it in another form. */
export const faults: readonly Fault[] = [
  keyFault(
    'key-leaked-read',
    'the read form shows the whole private key',
    ['CFG-MASK'],
    isActiveRead,
    activeValue,
    showWhole,
  ),
  keyFault(
    'key-leaked-query',
    '=4,2 shows the whole private key',
    ['CFG-MASK'],
    matchAccess(/^4,2$/),
    savedValue,
    showWhole,
  ),
  keyFault(
    'five-characters-read',
    'the read form shows five characters of the key',
    ['CFG-MASK'],
    isActiveRead,
    activeValue,
    showFive,
  ),
  keyFault(
    'five-characters-query',
    '=4,2 shows five characters of the key',
    ['CFG-MASK'],
    matchAccess(/^4,2$/),
    savedValue,
    showFive,
  ),
  keyFault(
    'key-tail-read',
    'the read form shows the last four characters of a long key as well',
    ['CFG-MASK'],
    isActiveRead,
    activeValue,
    showTail,
  ),
  keyFault(
    'key-tail-query',
    '=4,2 shows the last four characters of a long key as well',
    ['CFG-MASK'],
    matchAccess(/^4,2$/),
    savedValue,
    showTail,
  ),
  keyFault(
    'five-stars-read',
    'the read form shows five asterisks after the first four characters of the key',
    ['CFG-MASK-FORM'],
    isActiveRead,
    activeValue,
    (_, masked) => `${masked}*`,
  ),
  keyFault(
    'five-stars-query',
    '=4,2 shows five asterisks after the first four characters of the key',
    ['CFG-MASK-FORM'],
    matchAccess(/^4,2$/),
    savedValue,
    (_, masked) => `${masked}*`,
  ),
  {
    id: 'key-leaked-boot',
    describe: 'every boot prints the private key that comes into use',
    breaks: ['CFG-MASK'],
    bootText: (pieces, module) => [
      ...pieces,
      { part: AFTER_READY, text: `\r\nDMP: key ${activeValue(passwordItem, module)}\r\n` },
    ],
  },
];

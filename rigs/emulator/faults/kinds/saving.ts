import { accessRecords, itemsOf } from '../../dmp/access-records.ts';
import { extendedRecords } from '../../dmp/extended-records.ts';
import { readServer } from '../../dmp/field-readers.ts';
import { isRefused } from '../../module/answers.ts';
import type { Fault } from '../fault.ts';
import { answerFault, eraseItems, sideEffectFault, writeItems } from '../fault-builders.ts';
import { matchAccess, matchExtended, piecesOf, unquote } from '../match-command.ts';

/** A fault that answers OK and does not save these items. */
const notSavedFault = (
  id: string,
  describe: string,
  breaks: Fault['breaks'],
  items: readonly string[],
): Fault => ({
  id,
  describe,
  breaks,
  commit: (changes, _, next) =>
    next(new Map([...changes].filter(([item, value]) => value === undefined || !items.includes(item)))),
});

const accessItems = (type: number): readonly string[] => itemsOf(accessRecords[type] ?? { fields: [] });

/** Saves that change nothing, too little or too much. */
export const faults: readonly Fault[] = [
  notSavedFault(
    'save-mode-forgotten',
    'answers OK and does not save the access mode',
    ['CFG-SAVE-0'],
    accessItems(0),
  ),
  notSavedFault(
    'save-server-forgotten',
    'answers OK and does not save the server',
    ['CFG-SAVE-1'],
    accessItems(1),
  ),
  notSavedFault(
    'save-credentials-forgotten',
    'answers OK and does not save the credentials',
    ['CFG-SAVE-2'],
    accessItems(2),
  ),
  notSavedFault(
    'save-period-forgotten',
    'saves address and port, but not the period',
    ['CFG-SAVE-1'],
    ['dm_update_period'],
  ),
  ...extendedRecords.map((record) =>
    notSavedFault(
      `ex-save-${record.type}-forgotten`,
      `answers OK and does not save extended type ${record.type}`,
      [`EX-SAVE-${record.type}`, `EX-READ-${record.type}`],
      itemsOf(record),
    ),
  ),
  sideEffectFault(
    'long-address-spoils-period',
    'an address of 15 characters, and the period is saved without its last digit',
    ['CFG-SAVE-1'],
    (call) => matchAccess(/^1,/)(call) && unquote(piecesOf(call)[1] ?? '').length === 15,
    (module, call) => writeItems(module, { dm_update_period: (piecesOf(call)[3] ?? '').slice(0, -1) }),
  ),
  sideEffectFault(
    'long-key-spoils-imei',
    'a private key of 16 characters or more, and the IMEI is saved without its last digit',
    ['CFG-SAVE-2'],
    (call) => matchAccess(/^2,/)(call) && unquote(piecesOf(call)[2] ?? '').length >= 16,
    (module, call) => writeItems(module, { dm_imei1: unquote(piecesOf(call)[4] ?? '').slice(0, -1) }),
  ),
  sideEffectFault(
    'save-server-resets-mode',
    'saving the server erases the saved access mode',
    ['CFG-SAVE-ISOLATED'],
    matchAccess(/^1,/),
    (module) => eraseItems(module, accessItems(0)),
  ),
  sideEffectFault(
    'save-mode-resets-server',
    'saving the access mode erases the saved server',
    ['CFG-SAVE-ISOLATED'],
    matchAccess(/^0,/),
    (module) => eraseItems(module, accessItems(1)),
  ),
  sideEffectFault(
    'save-credentials-resets-server',
    'saving the credentials erases the saved server',
    ['CFG-SAVE-ISOLATED'],
    matchAccess(/^2,/),
    (module) => eraseItems(module, accessItems(1)),
  ),
  sideEffectFault(
    'ex-save-resets-another',
    'saving the software version erases ROM, RAM, CPU and system version',
    ['EX-SAVE-ISOLATED'],
    matchExtended(/^3,0,/),
    (module) => eraseItems(module, itemsOf(extendedRecords[2] ?? { fields: [] })),
  ),
  sideEffectFault(
    'save-server-erases-location',
    'saving the server erases the extended location',
    ['CROSS-ISOLATED'],
    matchAccess(/^1,/),
    (module) => eraseItems(module, ['dm_ex_location']),
  ),
  sideEffectFault(
    'ex-save-disables-access',
    'saving a MAC address saves access mode 0',
    ['CROSS-ISOLATED'],
    matchExtended(/^1,0,/),
    (module) => writeItems(module, { dm_enable: '0' }),
  ),
  answerFault(
    'refused-server-half-saved',
    'refuses a wrong port or period, but saves the address',
    ['ERR-ATOMIC'],
    matchAccess(/^1,/),
    (call, module, next) => {
      const answer = next(call);
      const address = piecesOf(call)[1] ?? '';
      const good = readServer({ text: address, quoted: false }, module.settings);
      if (isRefused(answer) && good !== undefined) writeItems(module, { dm_access_ip_address: good });
      return answer;
    },
  ),
  answerFault(
    'ex-refused-half-saved',
    'refuses a wrong or missing CPU string, but saves the ROM string',
    ['ERR-ATOMIC'],
    matchExtended(/^2,0,/),
    (call, module, next) => {
      const answer = next(call);
      const rom = unquote(piecesOf(call)[2] ?? '');
      if (isRefused(answer) && rom !== '' && rom.length <= 19) writeItems(module, { dm_ex_rom: rom });
      return answer;
    },
  ),
];

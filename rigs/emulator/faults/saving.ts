import { accessRecords, itemsOf } from '../dmp/access-records.ts';
import { extendedRecords } from '../dmp/extended-records.ts';
import { readServer } from '../dmp/field-readers.ts';
import { isRefused } from '../module/answers.ts';
import type { Fault } from './fault.ts';
import {
  answering,
  configures,
  doingMore,
  erased,
  extendedConfigures,
  piecesOf,
  put,
  unquoted,
} from './fault-builders.ts';

/** Answers OK, and what was to be saved in these items is not. */
const forgetting = (id: string, describe: string, items: readonly string[]): Fault => ({
  id,
  describe,
  commit: (changes, _, next) =>
    next(new Map([...changes].filter(([item, value]) => value === undefined || !items.includes(item)))),
});

const accessItems = (type: number): readonly string[] => itemsOf(accessRecords[type] ?? { fields: [] });

/** Saves that do not save, or save too much. */
export const savingFaults: readonly Fault[] = [
  forgetting('save-mode-forgotten', 'answers OK and does not save the access mode', accessItems(0)),
  forgetting('save-server-forgotten', 'answers OK and does not save the server', accessItems(1)),
  forgetting('save-credentials-forgotten', 'answers OK and does not save the credentials', accessItems(2)),
  forgetting('save-period-forgotten', 'saves address and port, and leaves the period as it was', [
    'dm_update_period',
  ]),
  ...extendedRecords.map((record) =>
    forgetting(
      `ex-save-${record.type}-forgotten`,
      `answers OK and does not save extended type ${record.type}`,
      itemsOf(record),
    ),
  ),
  doingMore(
    'save-server-resets-mode',
    'saving the server erases the saved access mode',
    configures(/^1,/),
    (module) => put(module, erased(accessItems(0))),
  ),
  doingMore(
    'save-mode-resets-server',
    'saving the access mode erases the saved server',
    configures(/^0,/),
    (module) => put(module, erased(accessItems(1))),
  ),
  doingMore(
    'save-credentials-resets-server',
    'saving the credentials erases the saved server',
    configures(/^2,/),
    (module) => put(module, erased(accessItems(1))),
  ),
  doingMore(
    'ex-save-resets-another',
    'saving the software version erases ROM, RAM, CPU and system version',
    extendedConfigures(/^3,0,/),
    (module) => put(module, erased(itemsOf(extendedRecords[2] ?? { fields: [] }))),
  ),
  doingMore(
    'save-server-erases-location',
    'saving the server erases the extended location',
    configures(/^1,/),
    (module) => put(module, erased(['dm_ex_location'])),
  ),
  doingMore(
    'ex-save-disables-access',
    'saving a MAC address saves access mode 0',
    extendedConfigures(/^1,0,/),
    (module) => put(module, { dm_enable: '0' }),
  ),
  answering(
    'refused-server-half-saved',
    'refuses a wrong port or period, but has saved the address by then',
    configures(/^1,/),
    (call, module, next) => {
      const answer = next(call);
      const address = piecesOf(call)[1] ?? '';
      const good = readServer({ text: address, quoted: false }, module.settings);
      if (isRefused(answer) && good !== undefined) put(module, { dm_access_ip_address: good });
      return answer;
    },
  ),
  answering(
    'ex-refused-half-saved',
    'refuses a wrong CPU string or a missing one, but has saved the ROM string by then',
    extendedConfigures(/^2,0,/),
    (call, module, next) => {
      const answer = next(call);
      const rom = unquoted(piecesOf(call)[2] ?? '');
      if (isRefused(answer) && rom !== '' && rom.length <= 19) put(module, { dm_ex_rom: rom });
      return answer;
    },
  ),
];

import { accessRecords, itemsOf } from '../../dmp/access-records.ts';
import { extendedRecords } from '../../dmp/extended-records.ts';
import { ok } from '../../module/answers.ts';
import type { Fault } from '../fault.ts';
import { answerFault, eraseItems, sideEffectFault, writeItems } from '../fault-builders.ts';
import { type Match, matchAccess, matchExtended } from '../match-command.ts';

const allAccess = accessRecords.flatMap(itemsOf);
const serverItems = accessRecords.filter(({ type }) => type === 1).flatMap(itemsOf);
const credentialItems = accessRecords.filter(({ type }) => type === 2).flatMap(itemsOf);
const allExtended = extendedRecords.flatMap(itemsOf);

/** A fault that erases items by some commands, whatever they answer. */
const erasesAnyway = (
  id: string,
  describe: string,
  breaks: Fault['breaks'],
  match: Match,
  items: readonly string[],
): Fault =>
  answerFault(id, describe, breaks, match, (call, module, next) => {
    eraseItems(module, items);
    return next(call);
  });

/** Erases that erase nothing, too little or too much. */
export const faults: readonly Fault[] = [
  ...['mode', 'server', 'credentials'].map((name, type) =>
    answerFault(
      `erase-${name}-nothing`,
      `answers OK to =5,${type} and erases nothing`,
      [`CFG-ERASE-${type}`],
      matchAccess(new RegExp(`^5,${type}$`)),
      () => ok(),
    ),
  ),
  answerFault(
    'erase-all-nothing',
    'answers OK to =5,4 and erases nothing',
    ['CFG-ERASE-4'],
    matchAccess(/^5,4$/),
    () => ok(),
  ),
  sideEffectFault(
    'erase-server-too-much',
    '=5,1 erases all three records',
    ['CFG-ERASE-ISOLATED'],
    matchAccess(/^5,1$/),
    (module) => eraseItems(module, allAccess),
  ),
  sideEffectFault(
    'erase-mode-too-much',
    '=5,0 erases the server as well',
    ['CFG-ERASE-ISOLATED'],
    matchAccess(/^5,0$/),
    (module) => eraseItems(module, serverItems),
  ),
  sideEffectFault(
    'erase-credentials-too-much',
    '=5,2 erases the access mode as well',
    ['CFG-ERASE-ISOLATED'],
    matchAccess(/^5,2$/),
    (module) => eraseItems(module, ['dm_enable']),
  ),
  answerFault(
    'erase-credentials-keeps-type',
    '=5,2 does not erase the terminal type',
    ['CFG-ERASE-2'],
    matchAccess(/^5,2$/),
    (call, module, next) => {
      const type = module.nvram.read('dm_interface');
      const answer = next(call);
      writeItems(module, { dm_interface: type });
      return answer;
    },
  ),
  answerFault(
    'erase-all-misses-credentials',
    '=5,4 does not erase the credentials',
    ['CFG-ERASE-4'],
    matchAccess(/^5,4$/),
    (call, _, next) => {
      next({ ...call, parameters: '5,0' });
      return next({ ...call, parameters: '5,1' });
    },
  ),
  sideEffectFault(
    'erase-all-takes-extended',
    '=5,4 erases the extended records as well',
    ['CROSS-ISOLATED'],
    matchAccess(/^5,4$/),
    (module) => eraseItems(module, allExtended),
  ),
  sideEffectFault(
    'erase-in-use-at-once',
    'an erase changes the values in use without a reboot',
    ['CFG-READ-ACTIVE'],
    matchAccess(/^5,/),
    (module) => {
      for (const { item, fallback } of accessRecords.flatMap(({ fields }) => fields)) {
        if (module.nvram.read(item) === undefined) module.active.values.set(item, fallback(module.settings));
      }
    },
  ),
  ...extendedRecords.map(({ type }) =>
    answerFault(
      `ex-erase-${type}-nothing`,
      `answers OK to =${type},2 and erases nothing`,
      [`EX-ERASE-${type}`],
      matchExtended(new RegExp(`^${type},2$`)),
      () => ok(),
    ),
  ),
  sideEffectFault(
    'ex-erase-all',
    'erasing one extended record erases all six',
    ['EX-ERASE-ISOLATED'],
    matchExtended(/^\d,2$/),
    (module) => eraseItems(module, allExtended),
  ),
  sideEffectFault(
    'ex-erase-takes-server',
    'erasing an extended record erases the saved server',
    ['CROSS-ISOLATED'],
    matchExtended(/^\d,2$/),
    (module) => eraseItems(module, serverItems),
  ),
  erasesAnyway(
    'reserved-erase-erases',
    'the reserved =5,3 erases the server, even if it answers an error',
    ['CFG-ERASE-3-SAFE'],
    matchAccess(/^5,3$/),
    serverItems,
  ),
  erasesAnyway(
    'reserved-query-erases',
    'the reserved =4,3 erases the credentials, even if it answers an error',
    ['CFG-QUERY-3-SAFE'],
    matchAccess(/^4,3$/),
    credentialItems,
  ),
  answerFault(
    'reserved-type-saves',
    'the reserved =3 saves access mode 0, even if it answers an error',
    ['CFG-TYPE-3-SAFE'],
    matchAccess(/^3/),
    (call, module, next) => {
      writeItems(module, { dm_enable: '0' });
      return next(call);
    },
  ),
];

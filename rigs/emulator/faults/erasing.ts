import { accessRecords, itemsOf } from '../dmp/access-records.ts';
import { extendedRecords } from '../dmp/extended-records.ts';
import { ok } from '../module/answers.ts';
import type { Fault } from './fault.ts';
import { answering, configures, doingMore, erased, extendedConfigures, put } from './fault-builders.ts';

const allAccess = accessRecords.flatMap(itemsOf);
const allExtended = extendedRecords.flatMap(itemsOf);

/** Erases that erase nothing, too little or too much. */
export const erasingFaults: readonly Fault[] = [
  ...['mode', 'server', 'credentials'].map((name, type) =>
    answering(
      `erase-${name}-nothing`,
      `answers OK to =5,${type} and erases nothing`,
      configures(new RegExp(`^5,${type}$`)),
      () => ok(),
    ),
  ),
  answering('erase-all-nothing', 'answers OK to =5,4 and erases nothing', configures(/^5,4$/), () => ok()),
  doingMore('erase-server-too-much', '=5,1 erases all three records', configures(/^5,1$/), (module) =>
    put(module, erased(allAccess)),
  ),
  doingMore('erase-mode-too-much', '=5,0 erases the server as well', configures(/^5,0$/), (module) =>
    put(module, erased(itemsOf(accessRecords[1] ?? { fields: [] }))),
  ),
  doingMore(
    'erase-credentials-too-much',
    '=5,2 erases the access mode as well',
    configures(/^5,2$/),
    (module) => put(module, erased(['dm_enable'])),
  ),
  answering(
    'erase-credentials-keeps-type',
    '=5,2 leaves the terminal type saved',
    configures(/^5,2$/),
    (call, module, next) => {
      const type = module.nvram.read('dm_interface');
      const answer = next(call);
      put(module, { dm_interface: type });
      return answer;
    },
  ),
  answering(
    'erase-all-misses-credentials',
    '=5,4 leaves the credentials',
    configures(/^5,4$/),
    (call, _, next) => {
      next({ ...call, parameters: '5,0' });
      return next({ ...call, parameters: '5,1' });
    },
  ),
  doingMore(
    'erase-all-takes-extended',
    '=5,4 erases the extended records as well',
    configures(/^5,4$/),
    (module) => put(module, erased(allExtended)),
  ),
  doingMore(
    'erase-in-use-at-once',
    'an erase changes the values in use without a reboot',
    configures(/^5,/),
    (module) => {
      for (const { item, fallback } of accessRecords.flatMap(({ fields }) => fields)) {
        if (module.nvram.read(item) === undefined) module.active.values.set(item, fallback(module.settings));
      }
    },
  ),
  ...extendedRecords.map(({ type }) =>
    answering(
      `ex-erase-${type}-nothing`,
      `answers OK to =${type},2 and erases nothing`,
      extendedConfigures(new RegExp(`^${type},2$`)),
      () => ok(),
    ),
  ),
  doingMore(
    'ex-erase-all',
    'erasing one extended record erases all six',
    extendedConfigures(/^\d,2$/),
    (module) => put(module, erased(allExtended)),
  ),
  doingMore(
    'ex-erase-takes-server',
    'erasing an extended record erases the saved server',
    extendedConfigures(/^\d,2$/),
    (module) => put(module, erased(itemsOf(accessRecords[1] ?? { fields: [] }))),
  ),
  // The healthy answer may be an error, so this one does not wait for OK.
  answering(
    'reserved-erase-erases',
    'the reserved =5,3 erases the server, whatever it answers',
    configures(/^5,3$/),
    (call, module, next) => {
      put(module, erased(itemsOf(accessRecords[1] ?? { fields: [] })));
      return next(call);
    },
  ),
  answering(
    'reserved-type-saves',
    'the reserved =3 saves access mode 0, whatever it answers',
    configures(/^3/),
    (call, module, next) => {
      put(module, { dm_enable: '0' });
      return next(call);
    },
  ),
];

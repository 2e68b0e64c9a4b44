import { accessRecords, itemsOf } from '../../dmp/access-records.ts';
import type { Fault } from '../fault.ts';
import { sideEffectFault } from '../fault-builders.ts';
import { matchAccess } from '../match-command.ts';

/** A fault that uses a wrong default for a field that is not saved. */
const wrongDefaultFault = (
  id: string,
  describe: string,
  breaks: Fault['breaks'],
  item: string,
  value: string,
): Fault => ({
  id,
  describe,
  breaks,
  booted: (module) => {
    if (module.nvram.read(item) === undefined) module.active.values.set(item, value);
  },
});

/** The values that EC has after an erase (CMDMP.md §6), for the fields that have a default. */
const zeros = new Map([
  ['dm_enable', '0'],
  ['dm_access_ip_address', '0.0.0.0'],
  ['dm_port', '0'],
  ['dm_update_period', '0'],
  ['dm_interface', '0'],
]);

/** Wrong values in use, or values in use at the wrong time. */
export const faults: readonly Fault[] = [
  wrongDefaultFault(
    'default-mode-wrong',
    'the default access mode is 0',
    ['CFG-MODE-DEFAULT'],
    'dm_enable',
    '0',
  ),
  wrongDefaultFault(
    'default-server-wrong',
    'the default server is the test server',
    ['CFG-IP-DEFAULT'],
    'dm_access_ip_address',
    '117.161.2.7',
  ),
  wrongDefaultFault(
    'default-port-wrong',
    'the default port is 5684',
    ['CFG-PORT-DEFAULT'],
    'dm_port',
    '5684',
  ),
  wrongDefaultFault(
    'default-period-wrong',
    'the default period is 3600 s',
    ['CFG-ERASE-APPLY', 'CFG-PERIOD-DEFAULT'],
    'dm_update_period',
    '3600',
  ),
  wrongDefaultFault(
    'default-terminal-type-wrong',
    'the default terminal type is 1',
    ['CFG-TML-DEFAULT'],
    'dm_interface',
    '1',
  ),
  {
    id: 'erased-zeros-in-use',
    describe: 'values that are not saved are zeros in use, as on a sister firmware',
    breaks: ['CFG-ERASE-APPLY'],
    booted: ({ nvram, active }) => {
      for (const [item, zero] of zeros) if (nvram.read(item) === undefined) active.values.set(item, zero);
    },
  },
  {
    id: 'never-applied',
    describe: 'saved values are never taken into use',
    breaks: ['CFG-READ-ACTIVE', 'CFG-APPLY'],
    booted: (module) => {
      for (const { item, fallback } of accessRecords.flatMap(({ fields }) => fields)) {
        module.active.values.set(item, fallback(module.settings));
      }
    },
  },
  sideEffectFault(
    'applied-at-once',
    'saved values are in use without a reboot',
    ['CFG-READ-ACTIVE', 'CFG-APPLY'],
    matchAccess(/^[012],/),
    (module) => {
      for (const item of accessRecords.flatMap(itemsOf)) {
        const value = module.nvram.read(item);
        if (value !== undefined) module.active.values.set(item, value);
      }
    },
  ),
];

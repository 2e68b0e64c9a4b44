import { FaultSwitches } from '../board/fault-switches.ts';
import { faults } from '../faults/registry.ts';
import { applySetting, defaultSettings } from '../settings/settings.ts';
import type { Options } from './options.ts';

/**
 * Checks the faults and settings that the options name, without a module.
 * @throws Error of one line for the first wrong one
 */
export function checkNames(options: Pick<Options, 'faults' | 'settings'>): void {
  for (const [name, value] of options.settings) applySetting(defaultSettings, name, value);
  const switches = new FaultSwitches(faults);
  for (const id of options.faults) switches.switchOn(id);
}

import { describeNearest } from '../base/nearest.ts';
import { dmpSettings } from './dmp.ts';
import { moduleSettings } from './module.ts';
import { networkSettings } from './network.ts';
import type { SettingSpec } from './spec.ts';

/** Every choice that the documents leave open, by name; readme.test.ts compares the tables of README.md with them. */
export const settingSpecs = { ...moduleSettings, ...dmpSettings, ...networkSettings } as const;

export type SettingName = keyof typeof settingSpecs;

/** The values in force; never changed in place: applySetting makes new ones. */
export type Settings = {
  readonly [Name in SettingName]: (typeof settingSpecs)[Name] extends SettingSpec<infer Value>
    ? Value
    : never;
};

export const defaultSettings: Settings = Object.fromEntries(
  Object.entries(settingSpecs).map(([name, spec]) => [name, spec.default]),
) as Settings;

/**
 * Changes one setting.
 * @param value as typed on a command line or a control line
 * @returns new settings; the old ones stay as they are
 * @throws Error of one line: the values of the setting, or the names most like an unknown one
 */
export function applySetting(settings: Settings, name: string, value: string): Settings {
  if (!isSettingName(name)) {
    const near = describeNearest(name, Object.keys(settingSpecs));
    throw new Error(
      `no setting is called ${JSON.stringify(name.slice(0, 60))}${near}; bc26-hil emulate --settings lists them all`,
    );
  }
  const spec: SettingSpec<unknown> = settingSpecs[name];
  const read = spec.read(value);
  if (read === undefined) {
    throw new Error(`setting ${name} takes ${spec.values}, not ${JSON.stringify(value.slice(0, 60))}`);
  }
  return { ...settings, [name]: read };
}

const isSettingName = (name: string): name is SettingName => Object.hasOwn(settingSpecs, name);

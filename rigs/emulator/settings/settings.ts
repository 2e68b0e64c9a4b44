import { describeNearest } from '../base/nearest.ts';
import { dmpSettings } from './dmp.ts';
import { moduleSettings } from './module.ts';
import { networkSettings } from './network.ts';
import type { Spec } from './spec.ts';

/** Every choice the documents leave open, by name; the table in README.md is made from these. */
export const settingSpecs = { ...moduleSettings, ...dmpSettings, ...networkSettings } as const;

export type SettingName = keyof typeof settingSpecs;

/** The choices in force. Never changed in place: applySetting makes a new one. */
export type Settings = {
  readonly [Name in SettingName]: (typeof settingSpecs)[Name] extends Spec<infer Value> ? Value : never;
};

/** What an emulated module is when nobody says otherwise. */
export const defaultSettings: Settings = Object.fromEntries(
  Object.entries(settingSpecs).map(([name, spec]) => [name, spec.default]),
) as Settings;

/**
 * The settings with one of them changed.
 * @param settings those in force; they stay as they are
 * @param name one of settingSpecs
 * @param value as typed on a command line or a control line
 * @returns new settings
 * @throws Error whose one-line message names the setting and what it takes, or the names that come near
 */
export function applySetting(settings: Settings, name: string, value: string): Settings {
  if (!isSettingName(name)) {
    const near = describeNearest(name, Object.keys(settingSpecs));
    throw new Error(
      `no setting is called ${JSON.stringify(name.slice(0, 60))}${near}; --settings lists them all`,
    );
  }
  const spec: Spec<unknown> = settingSpecs[name];
  const read = spec.read(value);
  if (read === undefined) {
    throw new Error(`setting ${name} takes ${spec.values}, not ${JSON.stringify(value.slice(0, 60))}`);
  }
  return { ...settings, [name]: read };
}

const isSettingName = (name: string): name is SettingName => Object.hasOwn(settingSpecs, name);

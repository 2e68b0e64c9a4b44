import { applySetting, defaultSettings, type Settings } from './settings.ts';

/** The settings as they are now; a change counts from the next command, boot or save on. */
export class SettingsInForce {
  #settings = defaultSettings;

  current(): Settings {
    return this.#settings;
  }

  /** Throws, with the nearest names or the values there are, when there is no such setting or value. */
  change(name: string, value: string): void {
    this.#settings = applySetting(this.#settings, name, value);
  }
}

import { applySetting, defaultSettings, type Settings } from './settings.ts';

/** The settings as they are now; a change applies from the next command, boot or save on. */
export class SettingsInForce {
  #settings = defaultSettings;

  current(): Settings {
    return this.#settings;
  }

  /** @throws Error of one line, as `applySetting` */
  change(name: string, value: string): void {
    this.#settings = applySetting(this.#settings, name, value);
  }
}

import { loadActive } from '../dmp/load-active.ts';
import type { Module } from '../module/handler.ts';
import type { Nvram } from '../module/nvram.ts';
import { newSession } from '../module/session.ts';
import type { Settings } from '../settings/settings.ts';
import type { Firmware } from './firmware.ts';

interface ModuleParts {
  readonly flash: Nvram;
  readonly firmware: Firmware;
  readonly settings: () => Settings;
  readonly random: () => number;
}

/** Makes the module of one boot: saved values are taken into use, and saves pass through the firmware's faults. */
export function newModule({ flash, firmware, settings, random }: ModuleParts): Module {
  const nvram: Nvram = {
    read: (item) => flash.read(item),
    commit: (changes) => firmware.commit(changes, module, (passed) => flash.commit(passed)),
  };
  const module: Module = {
    get settings() {
      return settings();
    },
    nvram,
    session: newSession(nvram),
    active: loadActive(nvram, settings()),
    dmState: 0,
    random,
  };
  return module;
}

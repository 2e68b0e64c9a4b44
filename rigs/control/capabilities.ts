import type { RigFile } from '../file/rig-file.ts';
import type { Capabilities } from './control.ts';

/** What an emulated board can do: all of it. */
export const emulatedCapabilities: Capabilities = {
  powerKey: true,
  reset: true,
  supplyCut: true,
  powered: true,
  truth: true,
};

/** A switch that a board may have; absent or undefined where it has none. */
interface Wiring {
  readonly powerKey?: unknown;
  readonly reset?: unknown;
  readonly powered?: unknown;
}

/** What a real board can do by what its rig file gives. @param supplyCut whether it can cut the supply */
export const wiredCapabilities = (
  { powerKey, reset, powered }: Wiring,
  supplyCut: boolean,
): Capabilities => ({
  powerKey: powerKey !== undefined,
  reset: reset !== undefined,
  supplyCut,
  powered: powered !== undefined,
  truth: false,
});

/** What the board of a rig can do, as its driver will say once it is opened. */
export function capabilitiesOf({ control }: Pick<RigFile, 'control'>): Capabilities {
  switch (control.driver) {
    case 'emulator':
      return emulatedCapabilities;
    case 'command':
      return wiredCapabilities(control, true);
    case 'onoff':
    case 'gpioset':
      return wiredCapabilities(control, control.supply !== undefined);
  }
}

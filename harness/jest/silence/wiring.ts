import type { WiringPart } from '../../../reports/record/entry.ts';
import type { Control } from '../../../rigs/control/control.ts';
import type { AtClient } from '../../at/at-client.ts';

interface Watched {
  /** Whether it was ever seen to boot the module in this run. */
  works: boolean;
  /** Whether the last use was followed by a boot text; undefined before the first. */
  last: boolean | undefined;
  /** The last use failed: the board's own error. */
  broken: boolean;
}

/** Which parts of the board were seen to boot the module. */
export interface WiringWatch {
  /** The same control; its calls are followed. */
  readonly control: Control;
  /** Listens for boot texts from now on. Call it once, before the module is powered. */
  listen(at: Pick<AtClient, 'onBoot'>): void;
  /** The module answered after the part was used, whether or not a boot text was seen. */
  helped(part: WiringPart): void;
  /** `absent`: the board does not have it. */
  state(part: WiringPart): 'works' | 'absent' | 'unseen';
  /** Whether the last reset had no effect, although the last start by the power did print a boot text. */
  resetInVain(): boolean;
  /** Whether a silent module is to blame: each part that the board has was seen to work, and none has failed since. */
  isProven(): boolean;
}

/** @param changed is called when a part is first seen to work */
export function watchWiring(control: Control, changed: (part: WiringPart) => void): WiringWatch {
  const parts: Record<WiringPart, Watched> = {
    power: { works: false, last: undefined, broken: false },
    reset: { works: false, last: undefined, broken: false },
  };
  let used: WiringPart | undefined;

  const works = (part: WiringPart): void => {
    parts[part].last = true;
    if (parts[part].works) return;
    parts[part].works = true;
    changed(part);
  };

  const uses =
    (part: WiringPart, act: () => Promise<void>): (() => Promise<void>) =>
    async () => {
      used = part;
      Object.assign(parts[part], { last: false, broken: false });
      try {
        await act();
      } catch (error) {
        parts[part].broken = true;
        throw error;
      }
    };

  const acts: Partial<Control> = {
    on: uses('power', () => control.on()),
    powerKey: uses('power', () => control.powerKey()),
    reset: uses('reset', () => control.reset()),
  };
  const followed = new Proxy(control, {
    get(target, key) {
      if (Object.hasOwn(acts, key)) return acts[key as keyof Control];
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });

  const state = (part: WiringPart): 'works' | 'absent' | 'unseen' => {
    if (part === 'reset' && !control.capabilities.reset) return 'absent';
    return parts[part].works ? 'works' : 'unseen';
  };
  const resetInVain = (): boolean => parts.reset.last === false && parts.power.last === true;

  return {
    control: followed,
    listen(at) {
      at.onBoot(() => {
        if (used) works(used);
        used = undefined;
      });
    },
    helped: works,
    state,
    resetInVain,
    isProven: () =>
      !resetInVain() &&
      parts.power.works &&
      state('reset') !== 'unseen' &&
      !parts.power.broken &&
      !parts.reset.broken,
  };
}

import { passwordItem } from '../../dmp/access-records.ts';
import type { BootCause, Module } from '../../module/handler.ts';
import { encryptValue } from '../../network/cipher.ts';
import type { ClientPlan } from '../../network/client-plan.ts';
import type { Fault } from '../fault.ts';
import { planFault } from '../fault-builders.ts';

/** A fault of the plan that depends on how many updates were accepted since the last registration. */
function updatesFault(
  id: string,
  describe: string,
  breaks: Fault['breaks'],
  change: (plan: ClientPlan, accepted: number) => Partial<ClientPlan>,
): Fault {
  const counts = new WeakMap<Module, number>();
  return planFault(id, describe, breaks, (plan, module) => ({
    ...change(plan, counts.get(module) ?? 0),
    stateShown: (reached) => {
      if (reached === 6) counts.set(module, 0);
      if (reached === 11) counts.set(module, (counts.get(module) ?? 0) + 1);
      return plan.stateShown(reached);
    },
  }));
}

const noUpdate = { updateAfterS: undefined, expiresAfterS: undefined };

/** A client that does not start after a boot of this kind. */
function silentAfter(cause: BootCause, id: string, kind: string): Fault {
  const causes = new WeakMap<Module, BootCause>();
  return {
    ...planFault(
      id,
      `does not register after ${kind}, though access is enabled`,
      ['CFG-APPLY-WIRE'],
      ({ enabled }, module) => ({
        enabled: enabled && causes.get(module) !== cause,
      }),
    ),
    booted: (module, happened) => void causes.set(module, happened),
  };
}

/** The characters of a private key that answers show. */
const SHOWN = 4;

/** A private key that begins like the saved one is taken for the same, and not saved. */
const alikeKept = (length: number, id: string): Fault => ({
  id,
  describe: `a private key whose first ${length} characters are those of the saved one is not saved`,
  breaks: ['CFG-SAVE-2', 'WIRE-KEY'],
  commit: (changes, { nvram }, next) => {
    const before = nvram.read(passwordItem);
    const after = changes.get(passwordItem);
    const alike = before?.slice(0, length) === after?.slice(0, length) && before !== undefined;
    next(alike ? new Map([...changes].filter(([item]) => item !== passwordItem)) : changes);
  },
});

/** What the client does in the course of one boot, and what it does with long values. */
export const faults: readonly Fault[] = [
  updatesFault('updates-once', 'updates once, and never again', ['STATE-UPDATE'], (_, accepted) =>
    accepted > 0 ? noUpdate : {},
  ),
  updatesFault('updates-twice', 'updates twice, and never again', ['STATE-UPDATE'], (_, accepted) =>
    accepted > 1 ? noUpdate : {},
  ),
  updatesFault(
    'second-update-late',
    'the second update comes after the lifetime',
    ['STATE-UPDATE'],
    ({ lifetimeS }, accepted) =>
      accepted === 1 ? { updateAfterS: lifetimeS * 1.2, expiresAfterS: undefined } : {},
  ),
  planFault('registers-twice', 'registers again 20 s after it was accepted', ['WIRE-ONCE'], () => ({
    registersAgainAfterS: 20,
  })),
  planFault(
    'disabled-registers-late',
    'registers 8 minutes after the boot though access is disabled',
    ['STATE-DISABLED'],
    ({ enabled }) => ({ enabled: true, startsAfterS: enabled ? 0 : 480 }),
  ),
  silentAfter('reset', 'silent-after-reset-pin', 'a reset by its pin'),
  silentAfter('power-key', 'silent-after-power-on', 'its supply was off'),
  silentAfter('soft', 'silent-after-soft-reset', 'AT+QRST=1'),
  planFault(
    'key-cut-on-wire',
    'encrypts with the first 16 characters of the private key',
    ['WIRE-KEY'],
    (_, module) => {
      const key = module.active.values.get(passwordItem)?.slice(0, 16) ?? '';
      const encrypt = (clear: string): string => encryptValue(clear, key, module.settings.keyDigest);
      return { encrypt, encodeDeviceInfo: encrypt };
    },
  ),
  alikeKept(SHOWN, 'key-alike-4-kept'),
  alikeKept(16, 'key-alike-16-kept'),
  planFault(
    'name-imei-cut',
    'its endpoint names contain 15 digits of a longer IMEI',
    ['WIRE-TML'],
    ({ terminalImei }) => ({
      terminalImei: terminalImei.slice(0, 15),
    }),
  ),
];

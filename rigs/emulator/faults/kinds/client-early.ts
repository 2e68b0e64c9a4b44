import { loadActive } from '../../dmp/load-active.ts';
import type { Module } from '../../module/handler.ts';
import { type ClientPlan, healthyPlan } from '../../network/client-plan.ts';
import type { Fault } from '../fault.ts';
import { planFault } from '../fault-builders.ts';

/** The plan of a client that follows what is saved now, not what was saved at the boot. */
const planOfSaved = (module: Module): ClientPlan =>
  healthyPlan(module, loadActive(module.nvram, module.settings));

/** A fault of a client that takes some settings into use without a reboot, at its next step. */
const earlyFault = (
  id: string,
  describe: string,
  breaks: Fault['breaks'],
  early: (saved: ClientPlan, plan: ClientPlan) => Partial<ClientPlan>,
): Fault => planFault(id, describe, breaks, (plan, module) => early(planOfSaved(module), plan));

/** Settings that the client takes into use too early; AT+QDMPCFG? goes on showing those of the boot. */
export const faults: readonly Fault[] = [
  earlyFault(
    'wire-server-early',
    'the client contacts a saved server without a reboot, at its next registration',
    ['CFG-APPLY-NOT-BEFORE'],
    ({ server }) => ({ server }),
  ),
  earlyFault(
    'wire-period-early',
    'the client follows a saved period without a reboot',
    ['CFG-APPLY-NOT-BEFORE'],
    ({ lifetimeS, updateAfterS, expiresAfterS }) => ({ lifetimeS, updateAfterS, expiresAfterS }),
  ),
  earlyFault(
    'wire-imei-early',
    'the client names a saved IMEI without a reboot',
    ['CFG-APPLY-NOT-BEFORE'],
    ({ terminalImei }) => ({
      terminalImei,
    }),
  ),
  earlyFault(
    'wire-key-early',
    'the client encrypts with a saved private key without a reboot',
    ['CFG-APPLY-NOT-BEFORE'],
    ({ encrypt }) => ({ encrypt, encodeDeviceInfo: encrypt }),
  ),
  earlyFault(
    'wire-disabled-early',
    'the client stops as soon as mode 0 is saved',
    ['CFG-APPLY-NOT-BEFORE'],
    (saved, { enabled }) => ({
      enabled: enabled && saved.enabled,
    }),
  ),
  planFault(
    'wire-enabled-early',
    'the client starts as soon as mode 1 is saved',
    ['CFG-APPLY-NOT-BEFORE'],
    ({ enabled }, { nvram }) => ({
      enabled: enabled || nvram.read('dm_enable') === '1',
    }),
  ),
  planFault(
    'wire-erased-early',
    'the client names the defaults as soon as its credentials are erased',
    ['CFG-APPLY-NOT-BEFORE'],
    ({ appKey, terminalImei }, module) => {
      if (module.nvram.read('dm_appkey') !== undefined) return { appKey, terminalImei };
      const saved = planOfSaved(module);
      return { appKey: saved.appKey, terminalImei: saved.terminalImei };
    },
  ),
  planFault(
    'wire-mode-erased-early',
    'the client starts as soon as the access mode is erased',
    ['CFG-APPLY-NOT-BEFORE'],
    ({ enabled }, { nvram }) => ({ enabled: enabled || nvram.read('dm_enable') === undefined }),
  ),
];

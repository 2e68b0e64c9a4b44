import type { AccessState } from '../network/client-plan.ts';
import type { Fault } from './fault.ts';
import { planFault, writeItems } from './fault-builders.ts';

/** A fault that shows other states; undefined: the state before stays. */
const stateFault = (
  id: string,
  describe: string,
  instead: Partial<Record<AccessState, number | undefined>>,
): Fault =>
  planFault(id, describe, ({ stateShown }) => ({
    stateShown: (reached) => (reached in instead ? instead[reached] : stateShown(reached)),
  }));

/** States that report a failure; a new connection follows (CMDMP.md §2.5). */
const failureStates: readonly number[] = [5, 7, 8, 12, 13];

/** The item that keeps the last state over a reboot. */
const stateItem = 'fault_state';

export const stateFaults: readonly Fault[] = [
  stateFault('state-4-never', 'state 4 is never shown', { 4: undefined }),
  planFault('state-4-once', 'state 4 is not shown again after a failure', ({ stateShown }, { dmState }) => ({
    stateShown: (reached) =>
      reached === 4 && failureStates.includes(dmState) ? undefined : stateShown(reached),
  })),
  stateFault('state-4-for-5', 'shows 4, connected, if no connection could be opened', { 5: 4 }),
  stateFault('state-3-for-6', 'shows 3, which is no state, once it has registered', { 6: 3 }),
  stateFault('state-6-early', 'shows 6, registered, before there is an answer', { 4: 6 }),
  stateFault('state-6-for-7', 'shows 6, registered, for a refusal', { 7: 6 }),
  stateFault('state-8-for-7', 'shows 8, timeout, for a refused registration', { 7: 8 }),
  stateFault('state-7-for-8', 'shows 7, refused, for a registration without an answer', { 8: 7 }),
  stateFault('state-9-never', 'state 9 is never shown', { 9: undefined }),
  planFault('state-9-early', 'ends the lifetime after 15 s', () => ({ expiresAfterS: 15 })),
  stateFault('state-11-never', 'state 11 is never shown', { 11: undefined }),
  stateFault('state-12-never', 'state 12 is never shown', { 12: undefined }),
  stateFault('state-13-never', 'state 13 is never shown', { 13: undefined }),
  stateFault('state-11-for-12', 'shows 11, updated, for a refused update', { 12: 11 }),
  stateFault('state-13-for-12', 'shows 13, timeout, for a refused update', { 12: 13 }),
  stateFault('state-12-for-13', 'shows 12, refused, for an update without an answer', { 13: 12 }),
  {
    id: 'state-kept-over-reboot',
    describe: 'shows the state from before a reboot until another state follows',
    clientPlan: (plan, module) => ({
      ...plan,
      stateShown: (reached) => {
        writeItems(module, { [stateItem]: String(reached) });
        return plan.stateShown(reached);
      },
    }),
    booted: (module) => {
      module.dmState = Number(module.nvram.read(stateItem) ?? module.dmState);
    },
  },
  {
    id: 'state-4-disabled',
    describe: 'shows 4, connected, though access is disabled',
    booted: (module) => {
      if (module.active.values.get('dm_enable') === '0') module.dmState = 4;
    },
  },
];

import type { AccessState } from '../network/client-plan.ts';
import type { Fault } from './fault.ts';
import { planFault, writeItems } from './fault-builders.ts';

/** Shows one state for another; undefined: the one before stays. */
const stateFault = (
  id: string,
  describe: string,
  instead: Partial<Record<AccessState, number | undefined>>,
): Fault =>
  planFault(id, describe, ({ stateShown: shown }) => ({
    stateShown: (happened) => (happened in instead ? instead[happened] : shown(happened)),
  }));

/** States that say that something failed: another connection follows (CMDMP.md §2.5). */
const failureStates: readonly number[] = [5, 7, 8, 12, 13];

/** The state last shown, for the firmware that goes on with it. */
const stateItem = 'fault_state';

/** What AT+QDMPCFG=6 shows wrong. */
export const stateFaults: readonly Fault[] = [
  stateFault('state-4-never', 'state 4 is never shown', { 4: undefined }),
  planFault(
    'state-4-once',
    'state 4 is not shown again after a failure',
    ({ stateShown: shown }, { dmState }) => ({
      stateShown: (happened) =>
        happened === 4 && failureStates.includes(dmState) ? undefined : shown(happened),
    }),
  ),
  stateFault('state-4-for-5', 'shows 4, connected, where no connection could be opened', { 5: 4 }),
  stateFault('state-3-for-6', 'shows 3, which is no state, once it has registered', { 6: 3 }),
  stateFault('state-6-early', 'shows 6, registered, before there is an answer', { 4: 6 }),
  stateFault('state-6-for-7', 'shows 6, registered, for a refusal', { 7: 6 }),
  stateFault('state-8-for-7', 'shows 8, timeout, for a refused registration', { 7: 8 }),
  stateFault('state-7-for-8', 'shows 7, refused, for a registration without an answer', { 8: 7 }),
  stateFault('state-9-never', 'state 9 is never shown', { 9: undefined }),
  planFault('state-9-early', 'takes the lifetime for over after 15 s', () => ({ expiresAfterS: 15 })),
  stateFault('state-11-never', 'state 11 is never shown', { 11: undefined }),
  stateFault('state-12-never', 'state 12 is never shown', { 12: undefined }),
  stateFault('state-13-never', 'state 13 is never shown', { 13: undefined }),
  stateFault('state-11-for-12', 'shows 11, updated, for a refused update', { 12: 11 }),
  stateFault('state-13-for-12', 'shows 13, timeout, for a refused update', { 12: 13 }),
  stateFault('state-12-for-13', 'shows 12, refused, for an update without an answer', { 13: 12 }),
  {
    id: 'state-kept-over-reboot',
    describe: 'shows the last state of before a reboot until there is another',
    clientPlan: (plan, module) => ({
      ...plan,
      stateShown: (happened) => {
        writeItems(module, { [stateItem]: String(happened) });
        return plan.stateShown(happened);
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

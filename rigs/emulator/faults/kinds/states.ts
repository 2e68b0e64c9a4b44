import { isRefused } from '../../module/answers.ts';
import type { AccessState } from '../../network/client-plan.ts';
import type { Fault } from '../fault.ts';
import { answerFault, lineFault, planFault, sideEffectFault, writeItems } from '../fault-builders.ts';
import { isActiveRead, isCmdmp, type Match, matchAccess, matchExtended } from '../match-command.ts';

/** A fault that shows other states; undefined: the state before stays. */
const stateFault = (
  id: string,
  describe: string,
  breaks: Fault['breaks'],
  instead: Partial<Record<AccessState, number | undefined>>,
): Fault =>
  planFault(id, describe, breaks, ({ stateShown }) => ({
    stateShown: (reached) => (reached in instead ? instead[reached] : stateShown(reached)),
  }));

/** A fault that changes the state after some commands. */
const touchedState = (
  id: string,
  describe: string,
  breaks: Fault['breaks'],
  match: Match,
  state: number,
): Fault =>
  sideEffectFault(id, describe, breaks, match, (module) => {
    module.dmState = state;
  });

/** The item that keeps the last state over a reboot. */
const stateItem = 'fault_state';

export const faults: readonly Fault[] = [
  stateFault('state-4-never', 'state 4 is never shown', ['STATE-CONNECT'], { 4: undefined }),
  stateFault(
    'state-4-for-5',
    'shows 4, connected, if no connection could be opened',
    ['STATE-CONNECT-FAILED'],
    { 5: 4 },
  ),
  stateFault(
    'state-3-for-6',
    'shows 3, which is no state, once it has registered',
    ['CFG-STATE-SET', 'STATE-REGISTER'],
    { 6: 3 },
  ),
  stateFault(
    'state-6-early',
    'shows 6, registered, before there is an answer',
    ['STATE-CONNECT', 'STATE-ORDER'],
    { 4: 6 },
  ),
  stateFault('state-6-for-7', 'shows 6, registered, for a refusal', ['STATE-REG-REFUSED'], { 7: 6 }),
  stateFault('state-8-for-7', 'shows 8, timeout, for a refused registration', ['STATE-REG-REFUSED'], {
    7: 8,
  }),
  stateFault(
    'state-7-for-8',
    'shows 7, refused, for a registration without an answer',
    ['STATE-REG-SILENT'],
    { 8: 7 },
  ),
  stateFault('state-9-never', 'state 9 is never shown', ['STATE-LIFETIME'], { 9: undefined }),
  planFault('state-9-early', 'ends the lifetime after 15 s', ['STATE-LIFETIME'], () => ({
    expiresAfterS: 15,
  })),
  stateFault('state-11-never', 'state 11 is never shown', ['STATE-UPDATE'], { 11: undefined }),
  stateFault('state-12-never', 'state 12 is never shown', ['STATE-UPD-REFUSED'], { 12: undefined }),
  stateFault('state-13-never', 'state 13 is never shown', ['STATE-UPD-SILENT'], { 13: undefined }),
  stateFault('state-11-for-12', 'shows 11, updated, for a refused update', ['STATE-UPD-REFUSED'], { 12: 11 }),
  stateFault('state-13-for-12', 'shows 13, timeout, for a refused update', ['STATE-UPD-REFUSED'], { 12: 13 }),
  stateFault('state-12-for-13', 'shows 12, refused, for an update without an answer', ['STATE-UPD-SILENT'], {
    13: 12,
  }),
  {
    id: 'state-kept-over-reboot',
    describe: 'shows the state from before a reboot until another state follows',
    breaks: ['STATE-REBOOT'],
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
  touchedState(
    'state-0-after-query',
    'shows 0 once a saved record was queried',
    ['STATE-STEADY'],
    matchAccess(/^4,/),
    0,
  ),
  touchedState(
    'state-4-after-read',
    'shows 4 once the values in use were read',
    ['STATE-STEADY'],
    isActiveRead,
    4,
  ),
  touchedState(
    'state-0-after-save',
    'shows 0 once a record was saved',
    ['STATE-STEADY'],
    matchAccess(/^[012],/),
    0,
  ),
  touchedState(
    'state-0-after-ex-save',
    'shows 0 once an extended record was saved',
    ['STATE-STEADY'],
    matchExtended(/^\d,0,/),
    0,
  ),
  answerFault(
    'state-5-after-refusal',
    'shows 5 once a command was refused',
    ['STATE-DISABLED-0', 'STATE-STEADY'],
    isCmdmp,
    (call, module, next) => {
      const answer = next(call);
      if (isRefused(answer)) module.dmState = 5;
      return answer;
    },
  ),
  lineFault(
    'state-without-type',
    '=6 answers the state without the 6 before it',
    ['CFG-STATE'],
    matchAccess(/^6/),
    (lines) => lines.map((line) => line.replace(' 6,', ' ')),
  ),
  {
    id: 'state-4-disabled',
    describe: 'shows 4, connected, though access is disabled',
    breaks: ['STATE-DISABLED-0'],
    booted: (module) => {
      if (module.active.values.get('dm_enable') === '0') module.dmState = 4;
    },
  },
];

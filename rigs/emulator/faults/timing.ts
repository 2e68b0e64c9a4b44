import type { Answer, BootCause } from '../module/handler.ts';
import type { Fault } from './fault.ts';
import { writeItems } from './fault-builders.ts';
import { isCmdmp, type Match, matchAccess, matchExtended } from './match-command.ts';

/** Later than the 300 ms the note allows, but for one answer in `every`. */
const lateFault = (id: string, describe: string, match: Match, every: number): Fault => ({
  id,
  describe,
  latencyMs: (planned, call, { session }) =>
    match(call) && session.commands % every === 0 ? Math.max(planned, 310) : planned,
});

/** After this many commands of one boot, the wedged firmware is silent: enough to get through bring-up. */
const wedgedAfter = 60;

const silence: Answer = { lines: [], result: 'none' };

/** Set by firmware that is wedged: it outlives what does not help. */
const wedgedItem = 'fault_wedged';

/** Firmware that wedges so that boots of some causes do not help. */
const wedgeFault = (id: string, until: string, useless: readonly BootCause[]): Fault => ({
  id,
  describe: `no answer after ${wedgedAfter} commands, ${until}`,
  answer: (call, module, next) => {
    if (module.session.commands >= wedgedAfter) writeItems(module, { [wedgedItem]: '1' });
    return module.nvram.read(wedgedItem) === undefined ? next(call) : silence;
  },
  booting: (nvram, cause) => {
    if (!useless.includes(cause)) nvram.commit(new Map([[wedgedItem, undefined]]));
  },
});

/** Answers that are late, or never come. */
export const timingFaults: readonly Fault[] = [
  lateFault('answers-late', 'the two commands answer after 310 ms, always', isCmdmp, 1),
  lateFault('answers-late-at-times', 'one command in twenty is answered after 310 ms', isCmdmp, 20),
  lateFault('saves-late', 'AT+QDMPCFG saves are answered after 310 ms', matchAccess(/^[012],/), 1),
  lateFault('ex-reads-late', 'AT+QDMPCFGEX reads are answered after 310 ms', matchExtended(/^\d,1$/), 1),
  {
    id: 'wedges',
    describe: `no answer after ${wedgedAfter} commands, until a reboot`,
    answer: (call, { session }, next) => (session.commands < wedgedAfter ? next(call) : silence),
  },
  wedgeFault('wedges-past-reset', 'until its supply is cut', ['soft', 'reset']),
  wedgeFault('wedges-for-ever', 'whatever is done', ['soft', 'reset', 'power-key']),
  {
    id: 'commands-hang',
    describe: `the two commands alone get no answer after ${wedgedAfter} commands, until a reboot`,
    answer: (call, { session }, next) =>
      isCmdmp(call) && session.commands >= wedgedAfter ? silence : next(call),
  },
];

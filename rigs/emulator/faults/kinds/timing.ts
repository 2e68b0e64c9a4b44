import type { Answer, BootCause } from '../../module/handler.ts';
import type { Fault } from '../fault.ts';
import { writeItems } from '../fault-builders.ts';
import { isCmdmp, type Match, matchAccess, matchExtended } from '../match-command.ts';

/** A fault that makes one answer in `every` later than the 300 ms of the note. */
const lateFault = (
  id: string,
  describe: string,
  breaks: Fault['breaks'],
  match: Match,
  every: number,
): Fault => ({
  id,
  describe,
  breaks,
  latencyMs: (planned, call, { session }) =>
    match(call) && session.commands % every === 0 ? Math.max(planned, 310) : planned,
});

/** The firmware hangs after this many commands of one boot, which is enough for bring-up. */
const wedgedAfter = 60;

const silence: Answer = { lines: [], result: 'none' };

/** The item that firmware sets when it hangs; a boot that ends the hang erases it. */
const wedgedItem = 'fault_wedged';

/** A fault that hangs; boots of the `useless` causes do not end the hang. */
const wedgeFault = (
  id: string,
  until: string,
  breaks: Fault['breaks'],
  useless: readonly BootCause[],
): Fault => ({
  id,
  describe: `no answer after ${wedgedAfter} commands, ${until}`,
  breaks,
  answer: (call, module, next) => {
    if (module.session.commands >= wedgedAfter) writeItems(module, { [wedgedItem]: '1' });
    return module.nvram.read(wedgedItem) === undefined ? next(call) : silence;
  },
  booting: (nvram, cause) => {
    if (!useless.includes(cause)) nvram.commit(new Map([[wedgedItem, undefined]]));
  },
});

export const faults: readonly Fault[] = [
  lateFault(
    'answers-late',
    'the two commands always answer after 310 ms',
    ['CFG-TIME', 'EX-TIME'],
    isCmdmp,
    1,
  ),
  lateFault(
    'answers-late-at-times',
    'one command in twenty is answered after 310 ms',
    ['CFG-TIME'],
    isCmdmp,
    20,
  ),
  lateFault(
    'saves-late',
    'AT+QDMPCFG saves are answered after 310 ms',
    ['CFG-TIME'],
    matchAccess(/^[012],/),
    1,
  ),
  lateFault(
    'ex-reads-late',
    'AT+QDMPCFGEX reads are answered after 310 ms',
    ['EX-TIME'],
    matchExtended(/^\d,1$/),
    1,
  ),
  {
    id: 'wedges',
    describe: `no answer after ${wedgedAfter} commands, until a reboot`,
    breaks: ['INPUT-ALIVE'],
    answer: (call, { session }, next) => (session.commands < wedgedAfter ? next(call) : silence),
  },
  wedgeFault('wedges-past-reset', 'until the supply is cut', ['INPUT-ALIVE'], ['soft', 'reset']),
  wedgeFault(
    'wedges-for-ever',
    'not even after a supply cut',
    ['INPUT-ALIVE'],
    ['soft', 'reset', 'power-key'],
  ),
  {
    id: 'commands-hang',
    describe: `after ${wedgedAfter} commands the two commands alone get no answer, until a reboot`,
    breaks: ['INPUT-ALIVE'],
    answer: (call, { session }, next) =>
      isCmdmp(call) && session.commands >= wedgedAfter ? silence : next(call),
  },
];

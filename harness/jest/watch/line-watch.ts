import type { ExchangeFacts } from '../../../reports/record/entry.ts';
import { type Asked, createTimingBook, type TimingStatement } from '../../../reports/record/timing.ts';
import type { AtClient } from '../../at/at-client.ts';
import type { Exchange, Line } from '../../at/exchange.ts';
import { judgeLimit } from '../../at/timing.ts';
import { escapeBytes } from '../../base/escape.ts';
import { maxResponseMs } from '../../clauses/limits.ts';
import { describeCommand } from '../../cmdmp/form.ts';
import type { Emit } from '../host/emit.ts';
import type { LineFault } from '../host/fixtures.ts';
import { framingFault } from './line-faults.ts';
import { watchUnanswered } from './unanswered.ts';

/** What every exchange of the run showed, whichever test made it. */
export interface LineWatch {
  readonly exchanges: readonly ExchangeFacts[];
  readonly faults: readonly LineFault[];
  /** How the answers so far stand against their limit. */
  timing(asked: Asked): readonly TimingStatement[];
}

/**
 * The two commands under test, with the clauses that state their time; the line's clauses judge them, not the commands
 * of bring-up.
 */
const judged: ReadonlyMap<string, string> = new Map([
  ['AT+QDMPCFG', 'CFG-TIME'],
  ['AT+QDMPCFGEX', 'EX-TIME'],
]);

const shown = (line: Line): string => escapeBytes(Buffer.from(line.data, 'latin1'));

/** How a command stands against its limit, where there is one. */
const limited = (
  command: string,
  inTime: NonNullable<ExchangeFacts['inTime']>,
): Pick<ExchangeFacts, 'inTime' | 'clause'> => {
  const clause = judged.get(command);
  return clause === undefined ? {} : { inTime, clause };
};

/** What the record keeps of an exchange. */
export function factsOf({ command, final, timing }: Exchange): ExchangeFacts {
  const { nvramWrite, ...facts } = describeCommand(command);
  return {
    ...facts,
    nvramWrite: nvramWrite && final.kind === 'OK',
    lo: timing.lo,
    hi: timing.hi,
    answerWireMs: timing.answerWireMs,
    disturbanceMs: timing.disturbanceMs,
    ...(timing.adapterMs > 0 && { adapterMs: timing.adapterMs }),
    final: escapeBytes(Buffer.from(final.text, 'latin1')),
    ...limited(facts.command, judgeLimit(timing, maxResponseMs)),
  };
}

/** Listens to the line for the whole run: every exchange, command without an answer, stray line and unexpected boot. */
export function watchLine(at: AtClient, emit: Emit): LineWatch {
  const exchanges: ExchangeFacts[] = [];
  const faults: LineFault[] = [];
  const timing = createTimingBook();
  let last: Exchange | undefined;
  // Said at once: after the last test nobody but the record judges them.
  const find = (fault: LineFault): void => {
    faults.push(fault);
    emit({ type: 'line-fault', ...fault });
  };
  const keep = (facts: ExchangeFacts): void => {
    exchanges.push(facts);
    timing.add(facts);
    emit({ type: 'exchange', ...facts });
  };
  watchUnanswered(
    at,
    (command) => judged.has(command),
    (facts) => keep({ ...facts, clause: judged.get(facts.command) }),
  );
  at.onExchange((exchange) => {
    last = exchange;
    const facts = factsOf(exchange);
    keep(facts);
    const fault = judged.has(facts.command) ? framingFault(exchange) : undefined;
    if (fault) find(fault);
  });
  at.onStray((line) => {
    const after = last ? `after the final result of ${last.command}` : 'before any command';
    find({ clause: 'AT-ONE-FINAL', text: `"${shown(line)}" came ${after}` });
  });
  at.onBoot(({ expected }) => {
    if (!expected) find({ clause: 'BOOT-ALIVE', text: 'the module restarted though nobody asked for it' });
  });
  return { exchanges, faults, timing: (asked) => timing.statements(asked) };
}

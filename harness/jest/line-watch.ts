import { escapeBytes } from '../base/escape.ts';
import type { AtClient } from '../at/at-client.ts';
import type { Exchange, Line } from '../at/exchange.ts';
import { judgeLimit } from '../at/timing.ts';
import { maxResponseMs } from '../clauses/limits.ts';
import { describeCommand } from '../cmdmp/form.ts';
import type { ExchangeFacts } from '../../reports/entry.ts';
import type { Asked, TimingStatement } from '../../reports/timing.ts';
import { createTimingBook } from '../../reports/timing.ts';
import type { Emit } from './emit.ts';
import type { LineFault } from './host.ts';
import { framingFault } from './line-faults.ts';
import { watchUnanswered } from './unanswered.ts';

/** What every exchange of the run showed, whichever test made it. */
export interface LineWatch {
  readonly exchanges: readonly ExchangeFacts[];
  readonly faults: readonly LineFault[];
  /** How the answers so far stand against their limit. */
  timing(asked: Asked): readonly TimingStatement[];
}

/** The two commands under test; the line's clauses judge them, not the commands of bring-up. */
const judged: ReadonlySet<string> = new Set(['AT+QDMPCFG', 'AT+QDMPCFGEX']);

const shown = (line: Line): string => escapeBytes(Buffer.from(line.data, 'latin1'));

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
    ...(judged.has(facts.command) && { inTime: judgeLimit(timing, maxResponseMs) }),
  };
}

/** Listens to the line for the whole run: every exchange, command without an answer, stray line and unexpected boot. */
export function watchLine(at: AtClient, emit: Emit): LineWatch {
  const exchanges: ExchangeFacts[] = [];
  const faults: LineFault[] = [];
  const timing = createTimingBook();
  let last: Exchange | undefined;
  const keep = (facts: ExchangeFacts): void => {
    exchanges.push(facts);
    timing.add(facts);
    emit({ type: 'exchange', ...facts });
  };
  watchUnanswered(at, (command) => judged.has(command), keep);
  at.onExchange((exchange) => {
    last = exchange;
    const facts = factsOf(exchange);
    keep(facts);
    const fault = judged.has(facts.command) ? framingFault(exchange) : undefined;
    if (fault) faults.push(fault);
  });
  at.onStray((line) => {
    const after = last ? `after the final result of ${last.command}` : 'before any command';
    faults.push({ clause: 'AT-ONE-FINAL', text: `"${shown(line)}" came ${after}` });
  });
  at.onBoot(({ expected }) => {
    if (!expected)
      faults.push({ clause: 'BOOT-ALIVE', text: 'the module restarted though nobody asked for it' });
  });
  return { exchanges, faults, timing: (asked) => timing.statements(asked) };
}

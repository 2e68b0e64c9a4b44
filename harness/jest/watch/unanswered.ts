import type { ExchangeFacts } from '../../../reports/record/entry.ts';
import type { AtClient } from '../../at/at-client.ts';
import type { Unanswered } from '../../at/exchange.ts';
import { maxResponseMs } from '../../clauses/limits.ts';
import { describeCommand } from '../../cmdmp/form.ts';

/** What the record keeps of a command that was not answered in the time it was waited for. */
const factsOf = ({ command, waitedMs }: Unanswered): ExchangeFacts => ({
  ...describeCommand(command),
  nvramWrite: false,
  lo: waitedMs,
  hi: waitedMs,
  answerWireMs: 0,
  disturbanceMs: 0,
  final: '',
  inTime: waitedMs > maxResponseMs ? 'over' : 'inconclusive',
});

/**
 * Finds the commands that a working module left unanswered.
 *
 * The rule: a command that was given up at its deadline counts against its time limit, with the wait as the least time
 * it took, as soon as the module answers another command without a restart since the first was sent. A module that
 * restarts (by itself, or because it had to be reset) or never answers again was not slow: its error (AT_TIMEOUT,
 * UNEXPECTED_RESET, PORT_GONE, MODULE_DEAD) fails the test, and says nothing about time. A wait that was cut short does
 * not count; the client does not report those.
 * @param hasLimit whether a command has a time limit
 * @param found called for each, before later listeners hear of the exchange that showed the module alive
 */
export function watchUnanswered(
  at: AtClient,
  hasLimit: (command: string) => boolean,
  found: (facts: ExchangeFacts) => void,
): void {
  let open: Unanswered[] = [];
  let lastBoot: bigint | undefined;
  at.onUnanswered((unanswered) => {
    if (hasLimit(describeCommand(unanswered.command).command)) open.push(unanswered);
  });
  // Boots are reported at once, exchanges only when complete: their stamps show which came first.
  at.onBoot((boot) => (lastBoot = boot.at));
  at.onExchange(() => {
    const owed = open;
    open = [];
    for (const unanswered of owed) {
      if (lastBoot === undefined || lastBoot < unanswered.sentAt) found(factsOf(unanswered));
    }
  });
}

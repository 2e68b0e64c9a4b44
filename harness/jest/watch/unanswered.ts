import type { ExchangeFacts } from '../../../reports/record/entry.ts';
import type { AtClient } from '../../at/at-client.ts';
import type { Unanswered } from '../../at/exchange.ts';
import { maxResponseMs } from '../../clauses/limits.ts';
import { describeCommand } from '../../cmdmp/form.ts';

/** What the record keeps of a command that was not answered; whether there would have been an answer is not known. */
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
 * Tells which commands were left without an answer by a module that was there to answer.
 *
 * The rule: a command that was given up at its deadline counts against its limit, with the wait as the least it took,
 * as soon as the module has answered another command without having restarted since the first was sent. A module that
 * restarts (by itself, or because it had to be reset) or that is not heard again was not slow but dead: that is the
 * business of the error (AT_TIMEOUT, UNEXPECTED_RESET, PORT_GONE, MODULE_DEAD), which fails the test it stands in,
 * and says nothing of time. Nor does a wait that was cut short: the client does not tell of those.
 * @param judged whether a command has a limit
 * @param found hears of each, before the exchange that showed the module alive is heard of by later listeners
 */
export function watchUnanswered(
  at: AtClient,
  judged: (command: string) => boolean,
  found: (facts: ExchangeFacts) => void,
): void {
  let open: Unanswered[] = [];
  let lastBoot: bigint | undefined;
  at.onUnanswered((unanswered) => {
    if (judged(describeCommand(unanswered.command).command)) open.push(unanswered);
  });
  // Boots are heard at once, exchanges when all is known of them: their stamps tell what came first.
  at.onBoot((boot) => (lastBoot = boot.at));
  at.onExchange(() => {
    const owed = open;
    open = [];
    for (const unanswered of owed) {
      if (lastBoot === undefined || lastBoot < unanswered.sentAt) found(factsOf(unanswered));
    }
  });
}

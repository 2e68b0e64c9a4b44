import type { Exchange } from '../../at/exchange.ts';
import { HilError } from '../../base/error.ts';
import { describeCommand } from '../../cmdmp/form.ts';
import type { Fixtures } from '../host/fixtures.ts';

/** What may be spent of a module's life: commands accepted that may have written to NVRAM, and reboots. */
export interface Costs {
  readonly writes: number;
  readonly reboots: number;
}

/** What the runs of one property have spent together, and how far they may go. */
export interface Budget {
  spent: Costs;
  limit: Costs;
}

/** One run's conversation with the module; what it says is kept, so that a person can say it again. */
export interface Dialogue {
  /** Sends a command of the input itself. Rejects as `TestModule.at` does, and ABORTED when `exhausted`. */
  at(command: string): Promise<Exchange>;
  /** Sends what only arranges or asks: not kept, but paid for like any other. */
  readonly aside: { at(command: string): Promise<Exchange> };
  /** A soft reset, kept as the command that asks for one. */
  reboot(): Promise<void>;
  /** What was sent by `at` and `reboot`, in order. */
  readonly sent: readonly string[];
  readonly left: Costs;
  /** Whether something was not sent because the budget was empty: the run shows nothing then. */
  readonly exhausted: boolean;
}

/** Forms that ask and never write: read, test, saved record, state, extended record. */
const asks = /^AT\+QDMPCFG(EX)?(\?|=\?|=4,.*|=6.*)$|^AT\+QDMPCFGEX=\d,1$/i;

const mayWrite = (command: string): boolean => /QDMPCFG/i.test(command) && !asks.test(command);

/**
 * Whether an answer may stand for a write to NVRAM. Generated commands are near misses of writes, and what a
 * module makes of them is open: any bare OK to one of the two commands counts.
 */
const mayHaveWritten = ({ command, final, information }: Exchange): boolean =>
  final.kind === 'OK' &&
  (describeCommand(command).nvramWrite || (mayWrite(command) && information.length === 0));

/** Opens the conversation of one run; all runs of a property share one budget. */
export function openDialogue(
  { module, board }: Pick<Fixtures, 'module' | 'board'>,
  budget: Budget,
): Dialogue {
  const sent: string[] = [];
  let exhausted = false;
  const left = (): Costs => ({
    writes: budget.limit.writes - budget.spent.writes,
    reboots: budget.limit.reboots - budget.spent.reboots,
  });

  function afford(what: keyof Costs): void {
    if (left()[what] > 0) return;
    exhausted = true;
    throw new HilError('ABORTED', `the property may spend no more ${what}`);
  }

  async function send(command: string): Promise<Exchange> {
    if (mayWrite(command)) afford('writes');
    const exchange = await module.at(command);
    if (mayHaveWritten(exchange)) budget.spent = { ...budget.spent, writes: budget.spent.writes + 1 };
    return exchange;
  }

  return {
    at(command) {
      sent.push(command);
      return send(command);
    },
    aside: { at: send },
    async reboot() {
      afford('reboots');
      budget.spent = { ...budget.spent, reboots: budget.spent.reboots + 1 };
      sent.push('AT+QRST=1');
      await board.reboot('soft');
    },
    sent,
    get left() {
      return left();
    },
    get exhausted() {
      return exhausted;
    },
  };
}

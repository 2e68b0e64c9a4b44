import type { Exchange } from '../../at/exchange.ts';
import { HilError } from '../../base/error.ts';
import { describeCommand } from '../../cmdmp/form.ts';
import type { Fixtures } from '../host/fixtures.ts';

/** What a property costs the module: accepted commands that may have written to NVRAM, and reboots. */
export interface Costs {
  readonly writes: number;
  readonly reboots: number;
}

/** What the runs of one property have spent together, and the limit. */
export interface Budget {
  spent: Costs;
  limit: Costs;
}

/** One run's exchanges with the module. The commands are kept, so that a person can send them again. */
export interface Dialogue {
  /** Sends a command of the input itself. Rejects as `TestModule.at` does, and ABORTED when `exhausted`. */
  at(command: string): Promise<Exchange>;
  /** Sends commands that only arrange or ask. They are not kept, but charged like any other. */
  readonly aside: { at(command: string): Promise<Exchange> };
  /** Makes a soft reset, kept as its command. */
  reboot(): Promise<void>;
  /** The commands of `at` and `reboot`, in the order of sending. */
  readonly sent: readonly string[];
  readonly left: Costs;
  /** Whether a command was not sent because the budget was spent: then the run shows nothing. */
  readonly exhausted: boolean;
}

/** Forms that never write: read, test, saved record, state, extended record. */
const asks = /^AT\+QDMPCFG(EX)?(\?|=\?|=4,.*|=6.*)$|^AT\+QDMPCFGEX=\d,1$/i;

const mayWrite = (command: string): boolean => /QDMPCFG/i.test(command) && !asks.test(command);

/**
 * Whether an answer may mean a write to NVRAM. Generated commands are often almost writes, and a module may accept them:
 * any OK alone to one of the two commands counts.
 */
const mayHaveWritten = ({ command, final, information }: Exchange): boolean =>
  final.kind === 'OK' &&
  (describeCommand(command).nvramWrite || (mayWrite(command) && information.length === 0));

/** Opens the dialogue of one run; all runs of a property share one budget. */
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

  /** @throws ABORTED when nothing is left */
  function requireLeft(what: keyof Costs): void {
    if (left()[what] > 0) return;
    exhausted = true;
    throw new HilError('ABORTED', `the property may spend no more ${what}`);
  }

  async function send(command: string): Promise<Exchange> {
    if (mayWrite(command)) requireLeft('writes');
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
      requireLeft('reboots');
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

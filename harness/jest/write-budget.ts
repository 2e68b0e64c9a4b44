import { HilError } from '../base/error.ts';
import type { Exchange } from '../at/exchange.ts';
import { describeCommand } from '../cmdmp/form.ts';
import type { Emit } from './emit.ts';
import type { TestModule } from './host.ts';
import { writesOf, writingLines } from './raw-writes.ts';

/** Nine records, each written at most twice to be put back (cmdmp/restore.ts): kept for the end of the run. */
const FOR_RESTORING = 18;

type Line = Pick<TestModule, 'at' | 'transmit'>;

interface WriteBudgetOptions {
  /** Accepted writes of the whole run, restoring included. */
  readonly allowed: number;
  /** Told once, when the first test is turned away. */
  readonly emit: Emit;
  /** Hears of writes that raw bytes may have caused: no exchange tells of them. */
  readonly onRawWrites: (writes: number) => void;
}

/** How much tests may still write to the module's NVRAM. */
export interface WriteBudget {
  /** The same line, but what may write rejects BUDGET_SPENT, unsent, once nothing is left. */
  limit(line: Line): Line;
}

const hasWritten = ({ command, final }: Exchange): boolean =>
  final.kind === 'OK' && describeCommand(command).nvramWrite;

export function createWriteBudget({ allowed, emit, onRawWrites }: WriteBudgetOptions): WriteBudget {
  let left = allowed - FOR_RESTORING;
  let told = false;

  function afford(): void {
    if (left > 0) return;
    if (!told) emit({ type: 'budget-spent', nvramWrites: allowed - FOR_RESTORING - left });
    told = true;
    throw new HilError(
      'BUDGET_SPENT',
      `the run may write no more to NVRAM (${allowed}, restoring included)`,
      {
        remedy: 'run the rest with --clause, or a profile that may write more',
      },
    );
  }

  return {
    limit: (line) => ({
      async at(command, options) {
        if (describeCommand(command).nvramWrite) afford();
        const exchange = await line.at(command, options);
        if (hasWritten(exchange)) left--;
        return exchange;
      },
      async transmit(bytes, until) {
        if (writingLines(Buffer.from(bytes).toString('latin1')).length > 0) afford();
        const transcript = await line.transmit(bytes, until);
        const writes = writesOf(transcript);
        left -= writes;
        if (writes > 0) onRawWrites(writes);
        return transcript;
      },
    }),
  };
}

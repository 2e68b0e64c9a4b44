import { HilError } from '../base/error.ts';
import type { Exchange } from '../at/exchange.ts';
import { describeCommand } from '../cmdmp/form.ts';
import type { Emit } from './emit.ts';
import type { Profile, TestModule } from './host.ts';
import { writesOf, writingLines } from './raw-writes.ts';

/** Nine records, each written at most twice to be put back (cmdmp/restore.ts): kept for the end of the run. */
const FOR_RESTORING = 18;

/**
 * Writes that are kept for first attempts, whatever is run again: what second ones may make is the rest. A module that
 * fails nothing takes up to 79 (smoke), 412 (nightly) and 759 (release) of them; one that loses what it saved takes more,
 * since it is saved again: 440 in a nightly run with four such faults.
 */
const FOR_FIRST_ATTEMPTS: Readonly<Record<Profile, number>> = { smoke: 100, nightly: 450, release: 900 };

type Line = Pick<TestModule, 'at' | 'transmit'>;

interface WriteBudgetOptions {
  /** Accepted writes of the whole run, restoring included. */
  readonly allowed: number;
  readonly profile: Profile;
  /** Told once, when the first test is turned away; a second attempt that is leaves a failure as it was. */
  readonly emit: Emit;
  /** Hears of writes that raw bytes may have caused: no exchange tells of them. */
  readonly onRawWrites: (writes: number) => void;
}

/** How much tests may still write to the module's NVRAM. */
export interface WriteBudget {
  /**
   * The same line, but what may write rejects BUDGET_SPENT, unsent, once nothing is left.
   * @param attempt 1, or 2 for a failed test that is run again: these have what first ones leave, and no more
   */
  limit(line: Line, attempt: number): Line;
}

const remedy = 'run the rest with --clause, or a profile that may write more';

const hasWritten = ({ command, final }: Exchange): boolean =>
  final.kind === 'OK' && describeCommand(command).nvramWrite;

export function createWriteBudget({ allowed, profile, emit, onRawWrites }: WriteBudgetOptions): WriteBudget {
  const forTests = allowed - FOR_RESTORING;
  const forConfirming = Math.max(0, forTests - FOR_FIRST_ATTEMPTS[profile]);
  let spent = 0;
  let confirming = 0;
  let told = false;

  function afford(attempt: number): void {
    if (attempt > 1 && confirming >= forConfirming) {
      const what = `tests that are run again may write no more to NVRAM (${forConfirming} of ${allowed})`;
      throw new HilError('BUDGET_SPENT', what, { remedy });
    }
    if (spent < forTests) return;
    if (attempt === 1 && !told) {
      emit({ type: 'budget-spent', nvramWrites: spent });
      told = true;
    }
    throw new HilError(
      'BUDGET_SPENT',
      `the run may write no more to NVRAM (${allowed}, restoring included)`,
      { remedy },
    );
  }

  function charge(writes: number, attempt: number): void {
    spent += writes;
    if (attempt > 1) confirming += writes;
  }

  return {
    limit: (line, attempt) => ({
      async at(command, options) {
        if (describeCommand(command).nvramWrite) afford(attempt);
        const exchange = await line.at(command, options);
        if (hasWritten(exchange)) charge(1, attempt);
        return exchange;
      },
      async transmit(bytes, until) {
        if (writingLines(Buffer.from(bytes).toString('latin1')).length > 0) afford(attempt);
        const transcript = await line.transmit(bytes, until);
        const writes = writesOf(transcript);
        charge(writes, attempt);
        if (writes > 0) onRawWrites(writes);
        return transcript;
      },
    }),
  };
}

import { type Cancel, toMs, toNs } from '../base/clock.ts';
import { type Debt, markAnswered, noDebt } from './debt.ts';
import type { Frame } from './framer.ts';
import type { AtLine } from './line.ts';
import { whenQuiet } from './timers.ts';
import { times } from './times.ts';

type Step =
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'probe' }
  | { readonly do: 'quiet'; readonly ms: number }
  | { readonly do: 'give-up' };

/** The first `AT` may be lost (BC26.md §8), a second one is not. */
const maxProbes = 2;

/**
 * The rule about late answers. A command that was given up (deadline, abort) may still be answered, and that answer must
 * never be taken for the answer to the next command (TRANSCRIPTS.md §16, §23). So, before the next command:
 *
 * 1. Wait for the late answer, up to `lateAnswerMs` after its command was given up. Once it has come and the line was
 *    quiet for a moment, the line owes nothing.
 * 2. If it has not come, send `AT`. A module answers in order: now comes the late answer and then that of the `AT`, or
 *    that of the `AT` alone. Both look alike, so after the first final result wait for a second one until the line was
 *    quiet for longer than an `AT` may take.
 * 3. If two `AT`s are not answered, the module does not listen: the next command is not sent.
 *
 * Not covered: a module that was late and then takes longer than `surplusQuietMs` to answer an `AT`.
 */
export function nextStep(debt: Debt, now: bigint, probes: number): Step {
  if (debt.owed === 0) return { do: 'quiet', ms: times.settledQuietMs };
  if (debt.answered) {
    return { do: 'quiet', ms: debt.commands.length === 0 ? times.bareSurplusQuietMs : times.surplusQuietMs };
  }
  const rest = debt.since + toNs(times.lateAnswerMs) - now;
  if (rest > 0n) return { do: 'wait', ms: toMs(rest) };
  return probes < maxProbes ? { do: 'probe' } : { do: 'give-up' };
}

/** Why a line could not be settled: no answer came, or it never was quiet. */
export type Unsettled = 'silent' | 'busy';

export interface Settling {
  frame(frame: Frame): void;
  cancel(): void;
}

/**
 * Settles the line by the steps of `nextStep`. What arrives meanwhile belongs to no command.
 * @param budgetMs the most it may take
 * @param done is called once, unless cancelled; with undefined if the line owes nothing any more
 */
export function settle(line: AtLine, budgetMs: number, done: (problem?: Unsettled) => void): Settling {
  const { clock } = line.setup;
  let probes = 0;
  let cancelStep: Cancel = () => {};
  const cancelBudget = clock.after(budgetMs, () => {
    finish(line.debt.owed > 0 && !line.debt.answered ? 'silent' : 'busy');
  });

  const cancel = (): void => {
    cancelStep();
    cancelBudget();
  };

  const finish = (problem?: Unsettled): void => {
    cancel();
    if (!problem) line.debt = noDebt;
    done(problem);
  };

  const probe = (): void => {
    probes++;
    line.debt = { ...line.debt, owed: line.debt.owed + 1 };
    cancelStep = clock.after(times.probeMs, go);
    // A port that is gone stops the turn.
    line.write(Buffer.from('AT\r')).done.catch(() => {});
  };

  function go(): void {
    cancelStep();
    const step = nextStep(line.debt, clock.now(), probes);
    switch (step.do) {
      case 'wait':
        cancelStep = clock.after(step.ms, go);
        return;
      case 'probe':
        return probe();
      case 'quiet':
        cancelStep = whenQuiet(line.silence, step.ms, 0n, () => finish());
        return;
      case 'give-up':
        return finish('silent');
    }
  }

  go();
  return {
    cancel,
    frame(frame) {
      const { owed } = line.debt;
      line.takeUnclaimed(frame);
      if (line.debt.owed === owed) return;
      if (probes > 0) line.debt = markAnswered(line.debt);
      go();
    },
  };
}

import type { HilError } from '../../base/error.ts';
import { isSilence } from '../../bc26/probe.ts';
import { revive, type Revived } from '../fixtures/revive.ts';
import type { Fixtures } from '../host/fixtures.ts';
import type { Disappointment } from '../verdict/expectation.ts';
import { exchangesBehind, type Source } from '../verdict/shown-by.ts';
import { type Budget, type Dialogue, openDialogue } from './dialogue.ts';
import type { Findings } from './findings.ts';

/**
 * Judges one clause.
 * @param holds whether the clause held
 * @param failure what was expected and what came, if it did not
 * @param shownBy what shows it: an exchange of the input, a reading, or a command. Readings and commands were sent aside,
 *   so their commands are added to the replay.
 */
export type Judge = (
  clause: string,
  holds: boolean,
  failure: () => Disappointment,
  shownBy?: readonly (Source | string)[],
) => void;

/** The command that shows a failure but was not kept by the dialogue. */
function commandAside(shown: Source | string): readonly string[] {
  if (typeof shown === 'string') return [shown];
  return shown && 'exchange' in shown && shown.exchange ? [shown.exchange.command] : [];
}

/** The steps of one run. */
export interface Run<S> {
  /** Brings the module to the state from which the run starts; commands are sent aside. */
  reachState(dialogue: Dialogue, judge: Judge): Promise<S>;
  /** Commands that bring the module to that state, for the replay. */
  linesOf(from: S): readonly string[];
  /** Sends the input and judges its effects. */
  check(from: S, dialogue: Dialogue, judge: Judge): Promise<void>;
}

/** The budgets of all runs of a property: for their inputs, and for reaching the states from which they start. */
export interface Budgets {
  readonly inputs: Budget;
  readonly starting: Budget;
}

export interface RunResult<S> {
  /** The state from which it started; undefined when that was not reached. */
  readonly from: S | undefined;
  readonly failed: readonly string[];
  /** Why no further run can show anything; undefined when one can. */
  readonly over: 'budget spent' | 'module silent' | undefined;
}

const findingAfterSilence: Record<Revived, { readonly clause: string; readonly got: string }> = {
  answers: { clause: 'AT-ONE-FINAL', got: 'none, and AT is answered again' },
  restarted: { clause: 'ERR-ALIVE', got: 'a restart' },
  silent: { clause: 'ERR-ALIVE', got: 'none, and none to AT any more' },
};

/** How many lines of the whole run so far came after a final result. */
const strayLines = ({ lineFaults }: Fixtures['run']): number =>
  lineFaults.filter((fault) => fault.clause === 'AT-ONE-FINAL').length;

/**
 * Runs one input against the module and adds what it showed to `findings`. If the module does not answer, this waits
 * until it does, so that it is ready for the next run.
 * @throws errors that end the test: the port gone, the deadline passed
 */
export async function runInput<S>(
  fixtures: Pick<Fixtures, 'module' | 'board' | 'run'>,
  budgets: Budgets,
  findings: Findings,
  run: Run<S>,
): Promise<RunResult<S>> {
  const startDialogue = openDialogue(fixtures, budgets.starting);
  const dialogue = openDialogue(fixtures, budgets.inputs);
  const failed: string[] = [];
  let from: S | undefined;
  const judge: Judge = (clause, holds, failure, shownBy = []) => {
    if (holds) return findings.addPass(clause);
    failed.push(clause);
    const start = from === undefined ? [] : run.linesOf(from);
    const commands = [...dialogue.sent, ...shownBy.flatMap(commandAside)];
    const exchanges = exchangesBehind(shownBy.filter((each) => typeof each !== 'string'));
    findings.addFailure(clause, { failure: failure(), start, commands, exchanges });
  };

  async function judgeSilence(error: HilError): Promise<Revived> {
    const found = await revive(fixtures.module, error);
    const { clause, got } = findingAfterSilence[found];
    const failure = {
      what: 'the answer to the last command',
      expected: 'one',
      got: `${got} (${error.message})`,
    };
    judge(clause, false, () => failure);
    return found;
  }

  const strays = strayLines(fixtures.run);
  try {
    from = await run.reachState(startDialogue, judge);
    await run.check(from, dialogue, judge);
    judge('AT-ONE-FINAL', strayLines(fixtures.run) === strays, () => ({
      what: 'lines after a final result',
      expected: 'none',
      got: 'one or more',
    }));
    return { from, failed, over: undefined };
  } catch (error) {
    if (startDialogue.exhausted || dialogue.exhausted) return { from, failed, over: 'budget spent' };
    if (!isSilence(error)) throw error;
    const found = await judgeSilence(error);
    return { from, failed, over: found === 'silent' ? 'module silent' : undefined };
  }
}

import type { Silence } from '../../../reports/record/entry.ts';
import { HilError } from '../../base/error.ts';
import type { CredentialsRule } from '../../cmdmp/credentials.ts';
import type { SavedRecord } from '../../cmdmp/records.ts';
import { commandsByHand } from '../../cmdmp/restore-errors.ts';
import type { Snapshot } from '../../cmdmp/snapshot.ts';
import type { Emit } from '../host/emit.ts';
import type { LineFault } from '../host/fixtures.ts';
import { createInputLog, type Input, inputOf, type Line } from './input-log.ts';
import { createRefusedInputs } from './refused-inputs.ts';
import type { WiringWatch } from './wiring.ts';

/** How a silence of the module was judged. */
export interface JudgedSilence extends Silence {
  /** Whether the input that was not answered is to blame: not one that was answered before it, and not chance. */
  readonly guilty: boolean;
}

/** What a silence is judged by. */
export interface SilenceTrial {
  /** Gives an input once more, alone. @returns whether the module answers after it */
  readonly give: (input: Input) => Promise<boolean>;
  /** Brings the module back after that. @returns what did, in words */
  readonly recover: () => Promise<string>;
}

/** The module's silences in a run, and what the run does without: clause INPUT-ALIVE. */
export interface Silences {
  /** The same line: its inputs are remembered, and one that silences the module is not sent (INPUT_SILENCES). */
  followedOn(line: Line): Line;
  readonly seen: readonly Silence[];
  /** Judges a silence that only a boot has ended. Undefined if no input is suspected. */
  judge(trial: SilenceTrial): Promise<JudgedSilence | undefined>;
  /**
   * A command got no final result however often it was given, and the module answered others after it each time: clause
   * AT-ONE-FINAL has failed, and the command is not given any more.
   * @returns INPUT_SILENCES
   */
  neverAnswered(command: string): HilError;
  /**
   * Judges a module that nothing brings back: its own failure if the wiring was seen to work in this run.
   * @param error MODULE_DEAD
   * @returns what ends the run: MODULE_SILENCED, or `error`
   */
  died(error: HilError): HilError;
  /** MODULE_SILENCED once the module is given up. */
  readonly dead: HilError | undefined;
  /** Whether the run does not give this command any more. */
  refuses(command: string): boolean;
  /** Tells what the module held before the run, for the person who has to mend it. */
  held(original: Snapshot, rule: CredentialsRule): void;
  /** Commands that change this record are not given: it could not be read. */
  protect(record: SavedRecord): void;
}

interface Parts {
  readonly emit: Emit;
  readonly wiring: Pick<WiringWatch, 'isProven' | 'state'>;
  /** Takes what the whole run is judged by. */
  readonly fault: (fault: LineFault) => void;
}

export function createSilences({ emit, wiring, fault }: Parts): Silences {
  const log = createInputLog();
  const refused = createRefusedInputs();
  const seen: Silence[] = [];
  /** The commands that save it. */
  let original: string | undefined;
  let dead: HilError | undefined;

  function report(silence: Silence): void {
    seen.push(silence);
    emit({ type: 'silence', ...silence });
    emit({ type: 'message', text: `INPUT-ALIVE: ${silence.text}` });
  }

  async function judge({ give, recover }: SilenceTrial): Promise<JudgedSilence | undefined> {
    const suspects = log.suspects();
    log.forget();
    const [first] = suspects;
    if (!first) return undefined;
    for (const suspect of suspects) {
      if (await give(suspect)) continue;
      // Refused before the recovery, whose own errors must not let it be given again.
      refused.refuse(suspect, 'silences');
      const text = `the module falls silent after ${suspect.shown}: given once more, alone, it was silent again; ${await recover()}`;
      return told({ verdict: 'fail', input: suspect.shown, text }, suspect === first);
    }
    return told(notAgain(first, seen), false);
  }

  function told(silence: Silence, guilty: boolean): JudgedSilence {
    report(silence);
    return { ...silence, guilty };
  }

  return {
    followedOn: (line) => refused.limit(log.followedOn(line)),
    seen,
    judge,
    neverAnswered(command) {
      const input = inputOf(`${command}\r`);
      fault({
        clause: 'AT-ONE-FINAL',
        text: `${input.shown} got no final result however often it was given, and AT was answered each time`,
      });
      return refused.refuse(input, 'unanswered');
    },
    died(error) {
      if (!wiring.isProven()) return error;
      const [last, before] = log.suspects();
      const guilty = seen.findLast(({ verdict }) => verdict === 'fail')?.input;
      const input = guilty ?? last?.shown ?? log.lastSave ?? 'a reboot';
      const after = before && !guilty ? `, given after ${before.shown}` : '';
      const text = `the module falls silent after ${input}${after}, and nothing brings it back`;
      report({ verdict: 'fail', input, text });
      const message = `${text}, although port, power${wiring.state('reset') === 'works' ? ' and reset' : ''} work: ${error.message}`;
      const remedy = forMending(log.lastSave, original);
      dead = new HilError('MODULE_SILENCED', message, { remedy, cause: error });
      emit({ type: 'module-error', code: dead.code, message, remedy });
      return dead;
    },
    get dead() {
      return dead;
    },
    refuses: (command) => refused.refuses(command),
    held: (snapshot, rule) => void (original = commandsByHand(snapshot, rule)),
    protect: (record) => refused.protect(record),
  };
}

/** A module that falls silent a second time fails, though no single input does it. */
function notAgain({ shown }: Input, before: readonly Silence[]): Silence {
  const text = `the module fell silent after ${shown}, and answers when that is given once more, alone`;
  const earlier = before.find(({ verdict }) => verdict === 'flaky');
  if (!earlier) return { verdict: 'flaky', input: shown, text };
  return {
    verdict: 'fail',
    input: shown,
    text: `${text}; it had fallen silent before, after ${earlier.input}`,
  };
}

function forMending(lastSave: string | undefined, original: string | undefined): string {
  const saved = lastSave === undefined ? 'nothing was saved in this run' : `its last save was ${lastSave}`;
  if (original === undefined) return `${saved}; what it held before was not read`;
  return `${saved}; what it held before, as \`bc26-hil at\` saves it: ${original}`;
}

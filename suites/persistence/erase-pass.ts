import {
  type Exchange,
  type Reading,
  sameConfiguration,
  type SavedRecord,
  savedRecords,
  type Snapshot,
  type TestModule,
} from '../../harness/jest/suite.ts';
import { numberedValues } from '../records/numbered-values.ts';
import { expectOk, isAccess, recordNamed, saveCommand } from '../records/records.ts';
import { readAgain, readingAt } from '../records/snapshot-readings.ts';
import { ensureFilledForErase } from './arrange-round.ts';

/** One command of the pass, and what was shown before and after it. */
export interface Step {
  readonly act: 'erase' | 'erase again' | 'save' | 'save over' | 'erase all';
  /** The record it names; of `=5,4`, none. */
  readonly record?: SavedRecord;
  readonly exchange: Exchange;
  readonly before: Snapshot;
  /** Whether all of `before` was read right before it. */
  readonly beforeIsWhole: boolean;
  /** What was read after it; what was not read again stands as it was. */
  readonly after: Snapshot;
}

/** What a record holds at first and is saved as over another value; and what it is saved as once erased. */
const filledNumber = 98;
export const eraseSavedNumber = 99;

/** Erased twice in the pass; no more, since each accepted erase may be a write. */
export const erasedTwice: readonly SavedRecord[] = [recordNamed('QDMPCFG 1'), recordNamed('QDMPCFGEX 2')];

const mode = recordNamed('QDMPCFG 0');

/**
 * Erases each record and saves it again, while all others hold something; then erases all of AT+QDMPCFG. The
 * extended records are saved once more while access is enabled: a mode that was changed to 0, or back to its
 * default, shows only where it was the other. Nothing reboots meanwhile, and access is disabled at the end.
 *
 * After each erase everything is read, after a save no more than tells the clauses apart: whether it or the erase
 * after it touched a record of the other command, CROSS-ISOLATED fails. Of the second saves the mode is read each
 * time, and what they left in the end.
 */
export async function eraseEach(module: TestModule): Promise<readonly Step[]> {
  const records = savedRecords.filter(({ command }) => module.has(command));
  const own = (record: SavedRecord) => records.filter(({ command }) => command === record.command);
  await ensureFilledForErase(module, records, filledNumber);
  const pass = await beginPass(module);

  for (const record of records) {
    const held = numberedValues(record, eraseSavedNumber);
    await pass.step({ act: 'erase', command: record.erase, record });
    if (erasedTwice.includes(record)) {
      await pass.step({ act: 'erase again', command: record.erase, record, readAfter: own(record) });
    }
    const readAfter = record === own(record).at(-1) ? undefined : own(record);
    await pass.step({ act: 'save', command: saveCommand(record, held), record, readAfter });
  }
  await pass.step({ act: 'save over', command: saveCommand(mode, ['1']), record: mode });
  for (const record of records.filter((each) => !isAccess(each))) {
    const command = saveCommand(record, numberedValues(record, filledNumber));
    const readAfter = record === records.at(-1) ? undefined : [mode, record];
    await pass.step({ act: 'save over', command, record, readAfter });
  }
  await pass.step({ act: 'erase all', command: 'AT+QDMPCFG=5,4' });
  if (records.includes(mode)) await expectOk(module, saveCommand(mode, ['0']));
  return pass.steps;
}

interface StepPlan {
  readonly act: Step['act'];
  readonly command: string;
  readonly record?: SavedRecord;
  /** The records read after it, besides what is in use; all of them unless told. */
  readonly readAfter?: readonly SavedRecord[] | undefined;
}

interface Pass {
  readonly steps: readonly Step[];
  step(doing: StepPlan): Promise<void>;
}

async function beginPass(module: TestModule): Promise<Pass> {
  const steps: Step[] = [];
  let before = await module.snapshot();
  let beforeIsWhole = true;
  return {
    steps,
    async step({ act, command, record, readAfter }) {
      const exchange = await module.at(command);
      const after = readAfter ? await readAgain(module, before, readAfter) : await module.snapshot();
      steps.push({ act, exchange, before, beforeIsWhole, after, ...(record && { record }) });
      before = after;
      beforeIsWhole = readAfter === undefined;
    },
  };
}

/** The final result of a step's command. */
export const finalText = (step: Step | undefined): string => step?.exchange.final.text ?? '';

/** A step in words, for messages. */
export const stepName = ({ act, record }: Step): string => (record ? `${act} ${record.name}` : act);

const describeStep = (step: Step): string =>
  step.beforeIsWhole ? stepName(step) : `${stepName(step)}, or what was done since all was read`;

/** A record that a step changed: in words, and the exchanges that show it. */
interface Change {
  readonly text: string;
  readonly shown: readonly (Exchange | Reading | undefined)[];
}

/**
 * What steps changed of what they have to leave alone.
 * @param spared whether a step has to leave a record alone; `in use` counts as a record
 */
export const describeChanges = (
  steps: readonly Step[],
  spared: (step: Step, record: string) => boolean,
): readonly Change[] =>
  steps.flatMap((step) =>
    sameConfiguration(step.before, step.after)
      .filter(({ record }) => spared(step, record))
      .map(({ record, before, after }) => ({
        text: `${describeStep(step)}: ${record} was ${before} and is ${after}`,
        shown: [step.exchange, readingAt(step.after, record)],
      })),
  );

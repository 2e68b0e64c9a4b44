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
import { ensureUnusedForErase } from './arrange-round.ts';

/** One command of the pass, with the configuration before and after it. */
export interface Step {
  readonly act:
    'erase' | 'erase again' | 'save' | 'save over' | 'erase all' | 'erase all of none' | 'erase all of one';
  /** The record it names; absent for `=5,4`. */
  readonly record?: SavedRecord;
  readonly exchange: Exchange;
  readonly before: Snapshot;
  /** Whether all of `before` was read right before it. */
  readonly beforeIsWhole: boolean;
  /** What was read after it; records that were not read again are copied from `before`. */
  readonly after: Snapshot;
}

/** The number of the value that a record holds at first, and of the value saved after its erase. */
const filledNumber = 98;
export const eraseSavedNumber = 99;

/** Records that are erased twice. Only these, because each accepted erase may be an NVRAM write. */
export const erasedTwice: readonly SavedRecord[] = [recordNamed('QDMPCFG 1'), recordNamed('QDMPCFGEX 2')];

const mode = recordNamed('QDMPCFG 0');
const eraseAll = 'AT+QDMPCFG=5,4';

/**
 * Erases each record and saves it again, while all others hold values; then erases all of AT+QDMPCFG. The extended
 * records are saved once more while access is enabled: a change of the mode to 0, or back to its default 1, can only
 * be seen if the mode was different before. Nothing reboots meanwhile, and access is disabled at the end.
 *
 * Everything is read after each erase. After a save only the records of the same command are read: a change in the
 * other command's records fails CROSS-ISOLATED in any case, whether the save or the next erase caused it. After each
 * second save the mode and the record are read, and everything after the last.
 */
export async function eraseEach(module: TestModule): Promise<readonly Step[]> {
  const records = savedRecords.filter(({ command }) => module.has(command));
  const own = (record: SavedRecord) => records.filter(({ command }) => command === record.command);
  await ensureUnusedForErase(module, records, filledNumber);
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
  await pass.step({ act: 'erase all', command: eraseAll });
  if (!records.includes(mode)) return pass.steps;
  await pass.step({ act: 'erase all of none', command: eraseAll, readAfter: [mode] });
  await expectOk(module, saveCommand(mode, ['0']));
  await pass.step({ act: 'erase all of one', command: eraseAll, readAfter: [mode] });
  await expectOk(module, saveCommand(mode, ['0']));
  return pass.steps;
}

interface StepPlan {
  readonly act: Step['act'];
  readonly command: string;
  readonly record?: SavedRecord;
  /** The records read after it, in addition to the values in use; by default all. */
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
  step.beforeIsWhole
    ? stepName(step)
    : `${stepName(step)}, or a command since the whole configuration was read`;

/** A record that a step changed: a text for messages, and the exchanges that show it. */
interface Change {
  readonly text: string;
  readonly shown: readonly (Exchange | Reading | undefined)[];
}

/**
 * The changes that steps made to records they must leave alone.
 * @param spared whether a step must leave a record alone; `in use` counts as a record
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

import {
  type Exchange,
  type Reading,
  sameConfiguration,
  type SavedRecord,
  savedRecords,
  type Snapshot,
  type TestModule,
} from '../../harness/jest/suite.ts';
import { give } from '../records/give.ts';
import { numbered } from '../records/numbered-values.ts';
import { recordNamed } from '../records/record-named.ts';
import { isAccess, saveLine } from '../records/records.ts';
import { fillToErase, readAnew } from './arrange-round.ts';
import { readingAt } from './expect-readings.ts';

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
const heldNumber = 98;
export const savedNumber = 99;

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
  await fillToErase(module, records, heldNumber);
  const pass = await beginPass(module);

  for (const record of records) {
    const held = numbered(record, savedNumber);
    await pass.step({ act: 'erase', command: record.erase, record });
    if (erasedTwice.includes(record)) {
      await pass.step({ act: 'erase again', command: record.erase, record, look: own(record) });
    }
    const look = record === own(record).at(-1) ? undefined : own(record);
    await pass.step({ act: 'save', command: saveLine(record, held), record, look });
  }
  await pass.step({ act: 'save over', command: saveLine(mode, ['1']), record: mode });
  for (const record of records.filter((each) => !isAccess(each))) {
    const command = saveLine(record, numbered(record, heldNumber));
    const look = record === records.at(-1) ? undefined : [mode, record];
    await pass.step({ act: 'save over', command, record, look });
  }
  await pass.step({ act: 'erase all', command: 'AT+QDMPCFG=5,4' });
  if (records.includes(mode)) await give(module, saveLine(mode, ['0']));
  return pass.steps;
}

interface Doing {
  readonly act: Step['act'];
  readonly command: string;
  readonly record?: SavedRecord;
  /** The records read after it, besides what is in use; all of them unless told. */
  readonly look?: readonly SavedRecord[] | undefined;
}

interface Pass {
  readonly steps: readonly Step[];
  step(doing: Doing): Promise<void>;
}

async function beginPass(module: TestModule): Promise<Pass> {
  const steps: Step[] = [];
  let before = await module.snapshot();
  let beforeIsWhole = true;
  return {
    steps,
    async step({ act, command, record, look }) {
      const exchange = await module.at(command);
      const after = look ? await readAnew(module, before, look) : await module.snapshot();
      steps.push({ act, exchange, before, beforeIsWhole, after, ...(record && { record }) });
      before = after;
      beforeIsWhole = look === undefined;
    },
  };
}

/** The final result of a step's command. */
export const answerTo = (step: Step | undefined): string => step?.exchange.final.text ?? '';

/** A step in words, for messages. */
export const stepName = ({ act, record }: Step): string => (record ? `${act} ${record.name}` : act);

const by = (step: Step): string =>
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
export const changes = (
  steps: readonly Step[],
  spared: (step: Step, record: string) => boolean,
): readonly Change[] =>
  steps.flatMap((step) =>
    sameConfiguration(step.before, step.after)
      .filter(({ record }) => spared(step, record))
      .map(({ record, before, after }) => ({
        text: `${by(step)}: ${record} was ${before} and is ${after}`,
        shown: [step.exchange, readingAt(step.after, record)],
      })),
  );

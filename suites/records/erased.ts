import {
  expect,
  expectThat,
  readInUse,
  readRecord,
  type SavedRecord,
  shownBy,
  type TestModule,
} from '../../harness/jest/suite.ts';
import { otherCredentials, otherServer } from '../values/samples.ts';
import { numberedValues } from './numbered-values.ts';
import {
  expectOk,
  isInUse,
  recordNamed,
  recordText,
  saveCommand,
  showsAnyOf,
  type Values,
} from './records.ts';
import { credentialsValues, serverValues } from './sample-values.ts';

const theServer = recordNamed('QDMPCFG 1');
const theCredentials = recordNamed('QDMPCFG 2');
const theVolte = recordNamed('QDMPCFGEX 4');

export const ERASED_MODE = 'an erased access mode, whichever was saved';

/**
 * Erases the record of the VoLTE state with `on` and `off` in turn. Both are too short to be told from what an erased record
 * shows, and that is open; but it must not depend on what was saved.
 */
export async function expectVolteForgotten(module: TestModule, times: number): Promise<void> {
  const [, ...others] = numberedValues(theVolte, 96);
  const shown: string[] = [];
  for (let time = 0; time < times; time++) {
    await saved(module, theVolte, [time % 2 === 0 ? 'on' : 'off', ...others]);
    await module.extended.erase(4);
    const { text, final } = await readRecord(module, theVolte);
    shown.push(text ?? final);
  }
  expectSameEachTime(shown, 'an erased VoLTE state, whichever was saved');
}

/** Expects that what was shown after each erase does not depend on what was saved before it. */
export const expectSameEachTime = (shown: readonly string[], what: string): void =>
  expect(shown, what).toEqual(shown.map(() => shown[0] ?? ''));

/** The whole answer to `=4,n`, final result included, because it is open how an erased record is shown. */
export async function shownOf(module: TestModule, option: 0 | 1 | 2): Promise<string> {
  const { final, information } = await module.access.send.query(option);
  return [...information, final.text].join('\n');
}

/**
 * Values that are not in use: a module may show what is in use for an erased record (CFG-QUERY-EMPTY).
 * @param candidates of which only one can be in use
 */
async function unused(
  module: TestModule,
  record: SavedRecord,
  ...candidates: readonly [Values, Values]
): Promise<Values> {
  const inUse = await readInUse(module);
  return candidates.find((values) => !isInUse(record, inUse, values)) ?? candidates[0];
}

export const unusedServer = (module: TestModule): Promise<Values> =>
  unused(module, theServer, serverValues(otherServer), numberedValues(theServer, 97));

export const unusedCredentials = (module: TestModule): Promise<Values> =>
  unused(module, theCredentials, credentialsValues(otherCredentials), numberedValues(theCredentials, 97));

export const saved = async (module: TestModule, record: SavedRecord, values: Values): Promise<void> =>
  expectOk(module, saveCommand(record, values));

/** Expects that a record shows none of these values. */
export async function expectGone(module: TestModule, record: SavedRecord, values: Values): Promise<void> {
  const reading = await readRecord(module, record);
  const shown = reading.text ?? reading.final;
  shownBy([reading], () =>
    expectThat(`${record.name} erased`, {
      holds: !showsAnyOf(record, reading.text, values),
      expected: `nothing of ${recordText(record, values)}`,
      got: shown,
    }),
  );
}

import { readRecord, type SavedRecord, type TestModule } from '../../harness/jest/suite.ts';
import {
  extendedSamples,
  otherCredentials,
  otherExtendedSamples,
  otherServer,
  server,
} from '../values/samples.ts';
import { numberedValues, numberOfValues } from './numbered-values.ts';
import { expectOk, saveCommand, showsAnyOf, showsValues, type Values } from './records.ts';
import { credentialsValues, serverValues } from './sample-values.ts';

/**
 * What other suites leave in the records. The note's example credentials are none of it: a module may have those by
 * default, so that their loss would not show.
 */
const samples: ReadonlyMap<string, readonly Values[]> = new Map([
  ['QDMPCFG 1', [server, otherServer].map(serverValues)],
  ['QDMPCFG 2', [credentialsValues(otherCredentials)]],
  ...extendedSamples.map((values, type): [string, readonly Values[]] => [
    `QDMPCFGEX ${type}`,
    [values, otherExtendedSamples[type] ?? []],
  ]),
]);

const allNumbered = (record: SavedRecord): readonly Values[] =>
  Array.from({ length: numberOfValues }, (_, number) => numberedValues(record, number));

/** The suites' own values that an information text shows: the loss of such values shows. */
export const ownValuesIn = (record: SavedRecord, text: string | undefined): Values | undefined =>
  [...allNumbered(record), ...(samples.get(record.name) ?? [])].find((values) =>
    showsValues(record, text, values),
  );

/** Whether a text shows something of the values that tell when they were saved: where a record was erased, it came back. */
export const showsAnyNumbered = (record: SavedRecord, text: string | undefined): boolean =>
  allNumbered(record).some((values) => showsAnyOf(record, text, values));

/**
 * Makes sure that a record holds these values; writes only where it does not, since NVRAM wears. Fails where the
 * save is not answered OK; what is shown after it is not looked at.
 */
export async function ensureSaved(module: TestModule, record: SavedRecord, values: Values): Promise<void> {
  const { text } = await readRecord(module, record);
  if (!showsValues(record, text, values)) await expectOk(module, saveCommand(record, values));
}

/**
 * Makes sure that a record holds some values of the suites.
 * @param values what is saved where it holds none
 * @returns the values it holds
 */
export async function ensureSomeSaved(
  module: TestModule,
  record: SavedRecord,
  values: Values,
): Promise<Values> {
  const { text } = await readRecord(module, record);
  const held = ownValuesIn(record, text);
  if (held) return held;
  await expectOk(module, saveCommand(record, values));
  return values;
}

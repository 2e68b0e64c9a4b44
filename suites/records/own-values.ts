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
 * What other suites leave in the records, except the note's example credentials: a module may have those as its
 * defaults, so their loss would not be noticed.
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

/** The suite values that an information text shows, undefined if none. Only the loss of such values can be noticed. */
export const ownValuesIn = (record: SavedRecord, text: string | undefined): Values | undefined =>
  [...allNumbered(record), ...(samples.get(record.name) ?? [])].find((values) =>
    showsValues(record, text, values),
  );

/** Whether a text shows part of any numbered value. In an erased record that means the value came back. */
export const showsAnyNumbered = (record: SavedRecord, text: string | undefined): boolean =>
  allNumbered(record).some((values) => showsAnyOf(record, text, values));

/**
 * Saves these values in a record unless it holds them already, because NVRAM wears. Fails if the save is not answered
 * OK; does not read the record back.
 */
export async function ensureSaved(module: TestModule, record: SavedRecord, values: Values): Promise<void> {
  const { text } = await readRecord(module, record);
  if (!showsValues(record, text, values)) await expectOk(module, saveCommand(record, values));
}

/**
 * Saves these values in a record unless it holds any suite values already.
 * @returns the values that the record holds
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

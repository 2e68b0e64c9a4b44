import { showsFields } from '../harness/jest/suite.ts';
import type { ExtendedType, TestModule } from '../harness/jest/suite.ts';
import { otherServer } from './samples.ts';

/** An information text has to show exactly these fields, byte for byte but for blanks after its commas. */
function expectShows(shown: string, fields: readonly (string | number)[]): void {
  const expected = fields.map(String);
  expect({ shown, expected, same: showsFields(shown, expected) }).toEqual({ shown, expected, same: true });
}

/** Saves a server, the parameters given and otherwise good ones, and expects it to be saved as it was typed. */
export async function expectServerSaved(
  module: TestModule,
  typed: Partial<typeof otherServer>,
): Promise<void> {
  const record = { ...otherServer, ...typed };
  await module.access.saveServer(record);
  const { text } = await module.access.savedServer();
  expectShows(text, [1, record.serverIP, record.serverPort, record.updatePeriod]);
}

/** Saves an extended record and expects it to be read back as it was typed. */
export async function expectExtendedSaved(
  module: TestModule,
  type: ExtendedType,
  values: readonly string[],
): Promise<void> {
  await module.extended.save(type, values);
  const { text } = await module.extended.read(type);
  expectShows(text, [type, ...values]);
}

import {
  expect,
  expectThat,
  type ExtendedType,
  showsFields,
  splitFields,
  type TestModule,
} from '../../harness/jest/suite.ts';
import { otherServer } from '../values/samples.ts';

/** Expects exactly these fields in an information text, byte for byte except blanks after commas. */
function expectShows(shown: string, fields: readonly (string | number)[]): void {
  const expected = fields.map(String);
  expectThat(`QDMPCFGEX ${expected[0]} saved`, {
    holds: showsFields(shown, expected),
    expected: expected.join(','),
    got: shown,
  });
}

type Server = typeof otherServer;

/** The position of each field in `1,<serverIP>,<serverPort>,<updatePeriod>`. */
const placesInServer = { serverIP: 1, serverPort: 2, updatePeriod: 3 } as const satisfies Record<
  keyof Server,
  number
>;

/**
 * Saves a server with the given parameters, the others valid, and expects the given ones to be read back unchanged.
 * CFG-SAVE-1 and CFG-QUERY-1 judge the others.
 */
export async function expectServerSaved(module: TestModule, typed: Partial<Server>): Promise<void> {
  await module.access.saveServer({ ...otherServer, ...typed });
  const { text } = await module.access.savedServer();
  const { fields } = splitFields(text, Object.keys(placesInServer).length + 1);
  for (const [name, value] of Object.entries(typed)) {
    const shown = fields[placesInServer[name as keyof Server]];
    expect(shown, `QDMPCFG 1 saved, its ${name}`).toEqual(String(value));
  }
}

/** Saves an extended record and expects it to be read back unchanged. */
export async function expectExtendedSaved(
  module: TestModule,
  type: ExtendedType,
  values: readonly string[],
): Promise<void> {
  await module.extended.save(type, values);
  const { text } = await module.extended.read(type);
  expectShows(text, [type, ...values]);
}

import { extendedRecords, showsFields, type Snapshot, type TestModule } from '../../harness/jest/suite.ts';
import { credentials, extendedSamples, server } from '../values/samples.ts';

/**
 * Brings the saved records to known values: the given access mode and the first set of samples. Writes only what
 * differs, because NVRAM wears. Access is disabled unless a test needs mode 1.
 * @returns the whole configuration afterwards
 */
export async function arrangeSamples(module: TestModule, dmmode = 0): Promise<Snapshot> {
  const found = await module.snapshot();
  const saves = [
    ...missingAccess(found, dmmode),
    ...(module.has('AT+QDMPCFGEX') ? missingExtended(found) : []),
  ];
  for (const save of saves) await save(module);
  return saves.length === 0 ? found : module.snapshot();
}

type Save = (module: TestModule) => Promise<unknown>;

const shown = ({ saved }: Snapshot, name: string): string => saved[name]?.text ?? '';

const shows = (found: Snapshot, name: string, fields: readonly (string | number)[]): boolean =>
  showsFields(shown(found, name), fields.map(String));

function missingAccess(found: Snapshot, dmmode: number): readonly Save[] {
  const { serverIP, serverPort, updatePeriod } = server;
  const saves: Save[] = [];
  if (!shows(found, 'QDMPCFG 0', [0, dmmode])) saves.push(({ access }) => access.saveMode(dmmode));
  if (!shows(found, 'QDMPCFG 1', [1, serverIP, serverPort, updatePeriod]))
    saves.push(({ access }) => access.saveServer(server));
  if (!showsCredentials(shown(found, 'QDMPCFG 2')))
    saves.push(({ access }) => access.saveCredentials(credentials));
  return saves;
}

const missingExtended = (found: Snapshot): readonly Save[] =>
  extendedRecords
    .filter(({ type }) => !shows(found, `QDMPCFGEX ${type}`, [type, ...extendedSamples[type]]))
    .map(
      ({ type }): Save =>
        ({ extended }) =>
          extended.save(type, extendedSamples[type]),
    );

/** Only the first four characters of the private key are shown; the number of asterisks is open (CFG-MASK-COUNT). */
function showsCredentials(text: string): boolean {
  const [type, appKey, password, tmlType, tmlImei] = text.split(',').map((field) => field.replace(/^ +/, ''));
  return (
    type === '2' &&
    appKey === credentials.appKey &&
    password?.startsWith(credentials.password.slice(0, 4)) === true &&
    tmlType === String(credentials.tmlType) &&
    tmlImei === credentials.tmlImei
  );
}

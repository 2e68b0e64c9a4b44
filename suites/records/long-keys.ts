import type { TestModule } from '../../harness/jest/suite.ts';
import { credentials, longAccounts } from '../values/samples.ts';
import { expectOk, recordNamed, saveCommand, type Values } from './records.ts';
import { credentialsValues } from './sample-values.ts';

const theCredentials = recordNamed('QDMPCFG 2');

/**
 * Saves credentials whose keys are as long as the firmware takes them, for what must survive is tried with what can be
 * cut short.
 * @param tmlImei where it is refused with each of the keys, short keys are saved with the usual IMEI
 * @returns the values saved
 */
export async function saveLongKeys(module: TestModule, tmlImei = credentials.tmlImei): Promise<Values> {
  for (const account of longAccounts) {
    const values = credentialsValues({ ...credentials, ...account, tmlImei });
    const { final } = await module.access.send.valid(saveCommand(theCredentials, values));
    if (final.kind === 'OK') return values;
  }
  const values = credentialsValues(credentials);
  await expectOk(module, saveCommand(theCredentials, values));
  return values;
}

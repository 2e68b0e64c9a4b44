import { createRedactor, type Redactor } from '../../../reports/secrets/redactor.ts';
import { isEmulated, type RigFile } from '../../../rigs/file/rig-file.ts';

/**
 * What keeps the private keys of a rig's module to itself; undefined where there is nothing to keep: a real module's
 * private key is nobody's business, an emulated one's is made up, and its bytes help.
 */
export const redactorOf = (rig: RigFile): Redactor | undefined =>
  isEmulated(rig) ? undefined : createRedactor(rig.credentials ? [rig.credentials.password] : []);

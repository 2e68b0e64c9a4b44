import { createRedactor, type Redactor } from '../../../reports/secrets/redactor.ts';
import { credentialsOf, isEmulated, type RigFile } from '../../../rigs/file/rig-file.ts';

/**
 * Masks the private keys of a rig's module in trace and record. Undefined for an emulated module, whose keys are made up
 * and help to understand a failure.
 */
export const redactorOf = (rig: RigFile): Redactor | undefined =>
  isEmulated(rig) ? undefined : createRedactor(passwordsOf(rig));

/** The private keys that a rig file names. */
export const passwordsOf = (rig: RigFile): string[] => {
  const credentials = credentialsOf(rig);
  return credentials ? [credentials.password] : [];
};

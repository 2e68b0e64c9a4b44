import { isEmulated, type RigFile } from '../../../rigs/file/rig-file.ts';
import type { Module } from '../../bc26/module.ts';
import { type CredentialsRule, guardCredentials } from '../../cmdmp/credentials.ts';
import { type Snapshot, takeSnapshot } from '../../cmdmp/snapshot.ts';
import { type AbsentCommands, findAbsent } from '../verdict/absent-commands.ts';

/** What is saved in a module, and which commands it has. */
export interface ModuleState {
  /** The run puts it back at its end. */
  readonly snapshot: Snapshot;
  readonly credentials: CredentialsRule;
  readonly absent: AbsentCommands;
}

/** @throws CREDENTIALS_AT_RISK before anything is written */
export async function readModuleState(module: Module, rig: RigFile): Promise<ModuleState> {
  const snapshot = await takeSnapshot(module);
  const credentials: CredentialsRule = {
    credentials: rig.credentials,
    emulated: isEmulated(rig),
    mayLoseCredentials: rig.module.mayLoseCredentials,
  };
  guardCredentials(snapshot, credentials);
  return { snapshot, credentials, absent: await findAbsent(module, snapshot) };
}

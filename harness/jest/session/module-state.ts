import { hostname, userInfo } from 'node:os';

import { credentialsOf, isEmulated, type RigFile } from '../../../rigs/file/rig-file.ts';
import { dropOriginal, keepOriginal, type Original, readOriginal } from '../../../rigs/state/originals.ts';
import { hasCode, messageOf } from '../../base/error.ts';
import type { PowerSavingFound } from '../../bc26/bench.ts';
import type { Module } from '../../bc26/module.ts';
import { access } from '../../clauses/limits.ts';
import type { Sender } from '../../cmdmp/access.ts';
import {
  credentialsCommand,
  type CredentialsRule,
  credentialsRule,
  guardCredentials,
} from '../../cmdmp/credentials.ts';
import { saveCredentials } from '../../cmdmp/encode.ts';
import { heldBy, powerSavingOf, restoreAsFar, snapshotOf } from '../../cmdmp/give-back.ts';
import { credentialsRecord, savedRecords } from '../../cmdmp/records.ts';
import { sameConfiguration, type Snapshot, takeHeldSnapshot } from '../../cmdmp/snapshot.ts';
import { isOwnValue } from '../fixtures/own-values.ts';
import type { Emit } from '../host/emit.ts';
import { unreadRecords } from '../silence/refused-inputs.ts';
import type { Silences } from '../silence/silences.ts';
import { type AbsentCommands, findAbsent } from '../verdict/absent-commands.ts';

/** What is saved in a module, and which commands it has. */
export interface ModuleState {
  /** What is saved as the tests begin. */
  readonly snapshot: Snapshot;
  readonly original: KeptOriginal;
  readonly credentials: CredentialsRule;
  readonly absent: AbsentCommands;
}

/** What the run puts back at its end. It is on disk from before the run's first write. */
interface KeptOriginal {
  readonly snapshot: Snapshot;
  /** Takes it from the disk: everything has been put back and read back. */
  drop(): void;
}

interface Parts {
  readonly module: Sender & Pick<Module, 'identity'>;
  readonly rig: RigFile;
  readonly runFolder: string;
  /** The power saving that was found on; what an earlier run had found on is added. */
  readonly powerSaving: PowerSavingFound;
  readonly waived: readonly string[];
  readonly emit: Emit;
  readonly silences: Pick<Silences, 'held' | 'protect'>;
}

/**
 * Reads the module's state. What an earlier run left in it is put back first; else what it holds is kept on disk.
 * @throws CREDENTIALS_AT_RISK, ORIGINAL_UNREADABLE, ORIGINAL_NOT_KEPT before anything is written
 */
export async function readModuleState(parts: Parts): Promise<ModuleState> {
  const { module, rig, emit } = parts;
  const { imei } = module.identity;
  const credentials = credentialsRule(rig);
  // An emulated board ends with its process: nobody will meet it again.
  const earlier = isEmulated(rig) ? undefined : readOriginal(imei);
  const read = await takeHeldSnapshot(module);
  const found = earlier || isEmulated(rig) ? read : await withoutOwnValues(parts, read);
  const before = earlier ? snapshotOf(earlier) : found;
  parts.silences.held(before, credentials);
  // An emulated module is nobody's: its records need not be put back.
  const unread = isEmulated(rig) ? [] : unreadRecords(before);
  unread.forEach((record) => parts.silences.protect(record));
  if (!unread.includes(credentialsRecord)) guardCredentials(before, credentials);
  const snapshot = earlier ? await putBackFirst(parts, earlier, found, credentials) : found;
  const absent = await findAbsent(module, snapshot);
  if (!earlier && !isEmulated(rig)) keepOriginal(originalOf(parts, before));
  return {
    snapshot,
    original: { snapshot: before, drop: () => drop(rig, imei, emit) },
    credentials,
    absent,
  };
}

/**
 * A module that holds values of the suites, without a file that says what it held before: they are no original. The
 * credentials become the rig file's, the other records are erased.
 */
async function withoutOwnValues({ module, rig, emit }: Parts, found: Snapshot): Promise<Snapshot> {
  const credentials = credentialsOf(rig);
  const own = savedRecords.filter((record) => {
    const text = found.saved[record.name]?.text;
    if (text === undefined || !isOwnValue(record, text)) return false;
    return record !== credentialsRecord || !credentialsCommand(text, credentials);
  });
  if (own.length === 0) return found;
  const names = own.map(({ name }) => name).join(', ');
  emit({
    type: 'message',
    text: `module ${module.identity.imei} holds values that only a test saves, and nothing says what it held before: ${names} erased, or set from the rig file's credentials`,
  });
  for (const record of own) {
    const tmlType = access.tmlType.default;
    const tmlImei = module.identity.imei;
    const ofRig =
      record === credentialsRecord && credentials && saveCredentials({ ...credentials, tmlType, tmlImei });
    await module.at(ofRig || record.erase).catch((error: unknown) => {
      // Judged and told already: the module falls silent after it.
      if (!hasCode(error, 'INPUT_SILENCES')) throw error;
    });
  }
  return takeHeldSnapshot(module);
}

/** Puts back what an earlier run found. What the module refuses is tried again at the end of this run. */
async function putBackFirst(
  { module, powerSaving, waived, emit }: Parts,
  earlier: Original,
  found: Snapshot,
  credentials: CredentialsRule,
): Promise<Snapshot> {
  for (const [command, lines] of powerSavingOf(earlier)) {
    if (!powerSaving.has(command)) powerSaving.set(command, lines);
  }
  const differs = sameConfiguration(snapshotOf(earlier), found).some(({ record }) => record !== 'in use');
  if (differs) emit({ type: 'message', text: `${heldBy(earlier)}; what it held before is put back` });
  const rule = { ...credentials, extendedShownLate: waived.includes('EX-READ-SAVED') };
  const { lines } = await restoreAsFar(module, snapshotOf(earlier), rule);
  for (const text of lines) emit({ type: 'message', text });
  return takeHeldSnapshot(module);
}

function originalOf({ module, rig, runFolder, powerSaving }: Parts, { inUse, saved }: Snapshot): Original {
  const { imei, revision } = module.identity;
  return {
    schemaVersion: 1,
    imei,
    revision,
    rig: rig.name,
    run: runFolder,
    by: `${userName()}@${hostname()}, process ${process.pid}`,
    takenAt: new Date().toISOString(),
    inUse,
    saved,
    powerSaving: [...powerSaving.values()].flat(),
  };
}

/** A user without an entry in the system's list, as in a container, has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.()}`;
  }
}

function drop(rig: RigFile, imei: string, emit: Emit): void {
  if (isEmulated(rig)) return;
  try {
    dropOriginal(imei);
  } catch (error) {
    emit({ type: 'message', text: messageOf(error) });
  }
}

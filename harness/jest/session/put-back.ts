import type { PowerSavingFound } from '../../bc26/bench.ts';
import { switchOnPowerSaving } from '../../bc26/power-saving.ts';
import type { Sender } from '../../cmdmp/access.ts';
import { describeRestored } from '../../cmdmp/give-back.ts';
import { restore, type RestoreRule } from '../../cmdmp/restore.ts';
import type { Snapshot } from '../../cmdmp/snapshot.ts';
import type { Emit } from '../host/emit.ts';

/**
 * Restores the configuration that the module was found with, and reports what is lost or uncertain.
 * @returns whether all of it was read back
 */
export async function putBack(
  module: Sender,
  snapshot: Snapshot,
  rule: RestoreRule,
  emit: Emit,
): Promise<boolean> {
  const restored = await restore(module, snapshot, rule);
  for (const text of describeRestored(restored)) emit({ type: 'message', text });
  return restored.unseen.length === 0;
}

/**
 * Switches on the power saving that was found on. It comes last, since the module may then fall asleep.
 * @returns whether all that could be read of it is on
 */
export async function putPowerSavingBack(
  module: Sender,
  found: PowerSavingFound,
  emit: Emit,
): Promise<boolean> {
  const staysOff = await switchOnPowerSaving(module, found);
  for (const text of staysOff) emit({ type: 'message', text });
  const unreadable = [...found.values()].filter((lines) => lines.length === 0);
  return staysOff.length === unreadable.length;
}

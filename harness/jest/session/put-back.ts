import type { PowerSavingFound } from '../../bc26/bench.ts';
import type { Module } from '../../bc26/module.ts';
import { switchOnPowerSaving } from '../../bc26/power-saving.ts';
import { restore, type RestoreRule } from '../../cmdmp/restore.ts';
import type { Snapshot } from '../../cmdmp/snapshot.ts';
import type { Emit } from '../host/emit.ts';

/** Gives the module back what it was found with, and says what could not be, or not for certain. */
export async function putBack(
  module: Module,
  snapshot: Snapshot,
  rule: RestoreRule,
  emit: Emit,
): Promise<void> {
  const { lost, uncertain, unseen } = await restore(module, snapshot, rule);
  for (const record of lost)
    emit({ type: 'message', text: `${record}: its private key could not be put back` });
  if (unseen.length > 0) {
    const text = `${unseen.join(', ')}: put back, but this firmware shows it after a reboot only (EX-READ-SAVED): check it then`;
    emit({ type: 'message', text });
  }
  for (const record of uncertain) {
    emit({ type: 'message', text: `${record} reads as before, but its values hold commas: check them` });
  }
}

/** Switches on again what was found on; last, since the module may then fall asleep. What stays off is said. */
export async function putPowerSavingBack(module: Module, found: PowerSavingFound, emit: Emit): Promise<void> {
  for (const text of await switchOnPowerSaving(module, found)) emit({ type: 'message', text });
}

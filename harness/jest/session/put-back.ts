import type { PowerSavingFound } from '../../bc26/bench.ts';
import type { Module } from '../../bc26/module.ts';
import { switchOnPowerSaving } from '../../bc26/power-saving.ts';
import { restore, type RestoreRule } from '../../cmdmp/restore.ts';
import type { Snapshot } from '../../cmdmp/snapshot.ts';
import type { Emit } from '../host/emit.ts';

/** Restores the configuration that the module was found with, and reports what is lost or uncertain. */
export async function putBack(
  module: Module,
  snapshot: Snapshot,
  rule: RestoreRule,
  emit: Emit,
): Promise<void> {
  const report = (text: string): void => void emit({ type: 'message', text });
  const { lost, uncertain, unseen } = await restore(module, snapshot, rule);
  for (const record of lost) report(`${record}: its private key could not be put back`);
  if (unseen.length > 0) {
    report(
      `${unseen.join(', ')}: put back, but this firmware shows it only after a reboot (EX-READ-SAVED): check it then`,
    );
  }
  for (const record of uncertain) {
    report(`${record} reads as before, but its values contain commas: check them`);
  }
}

/** Switches on the power saving that was found on. It comes last, since the module may then fall asleep. */
export async function putPowerSavingBack(module: Module, found: PowerSavingFound, emit: Emit): Promise<void> {
  for (const text of await switchOnPowerSaving(module, found)) emit({ type: 'message', text });
}

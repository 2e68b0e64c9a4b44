import { dropOriginal, type Original } from '../../rigs/state/originals.ts';
import { hasCode } from '../base/error.ts';
import type { PowerSavingFound } from '../bc26/bench.ts';
import { switchOnPowerSaving } from '../bc26/power-saving.ts';
import type { Sender } from './access.ts';
import { restore, type Restored, type RestoreRule } from './restore.ts';
import type { Reading, Snapshot } from './snapshot.ts';

/** What became of an attempt to give a module back what it held. */
interface GivenBack {
  /** For people: what is worth knowing, one sentence each. */
  readonly lines: readonly string[];
  /** All of it was put back and read back, and nothing is kept any longer. */
  readonly whole: boolean;
  readonly written: readonly string[];
}

interface GiveBackParts {
  readonly module: Sender;
  readonly original: Original;
  readonly rule: RestoreRule;
  /** Waits until what was written is durable; returns what may be lost. */
  readonly durable: () => Promise<string | undefined>;
}

/**
 * Gives a module back what an earlier run found in it, and drops the original once that has been read back and is
 * durable. What the module refuses is told, not thrown.
 * @throws RESTORE_FAILED when the restore was cut short, with the cause; ORIGINAL_NOT_KEPT
 */
export async function giveBack({ module, original, rule, durable }: GiveBackParts): Promise<GivenBack> {
  const restored = await restoreAsFar(module, snapshotOf(original), rule);
  const staysOff = await switchOnPowerSaving(module, powerSavingOf(original));
  const lost = await durable();
  const lines = [...restored.lines, ...staysOff, ...(lost === undefined ? [] : [lost])];
  const whole = restored.whole && staysOff.length === 0 && lost === undefined;
  if (whole) dropOriginal(original.imei);
  return { lines, whole, written: restored.written };
}

/** Restores the records; a record that the module refuses becomes a line, with the commands that do it by hand. */
export async function restoreAsFar(
  module: Sender,
  snapshot: Snapshot,
  rule: RestoreRule,
): Promise<GivenBack> {
  try {
    const restored = await restore(module, snapshot, rule);
    return {
      lines: describeRestored(restored),
      whole: restored.unseen.length === 0,
      written: restored.written,
    };
  } catch (error) {
    if (!hasCode(error, 'RESTORE_FAILED') || error.cause !== undefined) throw error;
    return { lines: [`${error.message}; ${error.remedy}`], whole: false, written: [] };
  }
}

/** What a person should know of a restore that did not fail. */
export function describeRestored({ lost, uncertain, shownOtherwise, unseen }: Restored): readonly string[] {
  return [
    ...lost.map((record) => `${record}: its private key could not be put back`),
    ...(unseen.length > 0
      ? [
          `${unseen.join(', ')}: put back, but this firmware shows it only after a reboot (EX-READ-SAVED): check it then`,
        ]
      : []),
    ...shownOtherwise.map(
      (readings) =>
        `the credentials are erased, as the rig file has it (credentials: factory), yet the module shows ${readings}: if some were saved in it before, they are lost`,
    ),
    ...uncertain.map((record) => `${record} reads as before, but its values contain commas: check them`),
  ];
}

const readingOf = ({ text, final }: Original['inUse']): Reading => ({ text, final });

/** The original as the snapshot that it was. */
export const snapshotOf = ({ inUse, saved }: Original): Snapshot => ({
  inUse: readingOf(inUse),
  saved: Object.fromEntries(Object.entries(saved).map(([name, reading]) => [name, readingOf(reading)])),
});

/** The power saving of the original, by command. */
export function powerSavingOf({ powerSaving }: Original): PowerSavingFound {
  const found: PowerSavingFound = new Map();
  for (const line of powerSaving) {
    const [command = ''] = line.split('=');
    found.set(command, [...(found.get(command) ?? []), line]);
  }
  return found;
}

/** For people: whose values a module still holds. */
export const heldBy = ({ imei, rig, takenAt }: Original): string =>
  `module ${imei} still holds what an earlier run left (rig ${rig}, ${takenAt.slice(0, 16).replace('T', ' ')} UTC)`;

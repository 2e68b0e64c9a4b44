import { isEmulated, type RigFile } from '../../../rigs/file/rig-file.ts';
import { type Original, readOriginal } from '../../../rigs/state/originals.ts';
import type { PowerSavingFound } from '../../bc26/bench.ts';
import type { Sender } from '../../cmdmp/access.ts';
import { credentialsRule } from '../../cmdmp/credentials.ts';
import { giveBack, heldBy } from '../../cmdmp/give-back.ts';
import { deviationsOf } from '../qualify/deviations.ts';

/** What an earlier run left to put back in the rig's module; none for an emulated board. @throws ORIGINAL_UNREADABLE */
export const originalOf = (rig: RigFile): Original | undefined =>
  isEmulated(rig) ? undefined : readOriginal(rig.module.imei);

interface GiveBackParts {
  readonly rig: RigFile;
  readonly original: Original;
  /** Its identity has been guarded. */
  readonly module: Sender;
  /** The power saving that was found on and switched off. */
  readonly powerSaving: PowerSavingFound;
  readonly durable: () => Promise<string | undefined>;
  /** Is called with each sentence for people. */
  readonly say: (text: string) => void;
}

/**
 * Gives a rig's module back what an earlier run found in it, and says so.
 * @returns whether all of it is back, so that nothing is kept any longer
 * @throws what `giveBack` throws; DEVIATIONS_INVALID
 */
export async function giveBackModule(parts: GiveBackParts): Promise<boolean> {
  const { rig, original, module, powerSaving, durable, say } = parts;
  const waived = await deviationsOf(rig, new Date());
  const rule = {
    ...credentialsRule(rig),
    extendedShownLate: waived.some(({ clause }) => clause === 'EX-READ-SAVED'),
  };
  say(`${heldBy(original)}; what it held before is put back`);
  const alsoOn = [...powerSaving].flatMap(([command, lines]) =>
    original.powerSaving.some((line) => line.startsWith(`${command}=`)) ? [] : lines,
  );
  const wanted = { ...original, powerSaving: [...original.powerSaving, ...alsoOn] };
  const { lines, written, whole } = await giveBack({ module, original: wanted, rule, durable });
  for (const record of written) say(`${record}: written again`);
  lines.forEach(say);
  say(
    whole
      ? `module ${original.imei} holds what it held before the run: nothing is kept any longer`
      : `module ${original.imei} is not yet as it was: what it held stays on disk`,
  );
  return whole;
}

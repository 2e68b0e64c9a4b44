import { HilError, messageOf } from '../../harness/base/error.ts';
import { isEmulated, type RigFile } from '../file/rig-file.ts';
import { askEmulator } from './ask-emulator.ts';

interface Names {
  readonly faults: readonly string[];
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Asks the emulator's program whether it has these faults and settings.
 * @returns what it refuses, one line; undefined when it knows them all
 * @throws EMULATOR_FAILED
 */
export async function refusedNames({ faults, settings }: Names): Promise<string | undefined> {
  const named = [
    ...faults.flatMap((id) => ['--fault', id]),
    ...Object.entries(settings).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
  ];
  if (named.length === 0) return undefined;
  const { error, stderr } = await askEmulator(['--check', ...named]);
  if (!error) return undefined;
  if (error.code === 2) return stderr.replace(/^emulator: /, '').trimEnd();
  throw failed(stderr || messageOf(error), error);
}

const failed = (what: string, cause: unknown): HilError =>
  new HilError('EMULATOR_FAILED', `the emulator could not be asked for its faults: ${what.split('\n')[0]}`, {
    remedy: 'start it alone with `npx bc26-hil emulate --faults` to see what it prints',
    cause,
  });

/** @throws EMULATOR_REFUSED for a fault or a setting of the rig file that the emulator does not have */
export async function checkEmulatorNames(rig: Pick<RigFile, 'control' | 'file'>): Promise<void> {
  const refused = isEmulated(rig) && (await refusedNames(rig.control));
  if (!refused) return;
  throw new HilError('EMULATOR_REFUSED', `${rig.file}: control: ${refused}`);
}

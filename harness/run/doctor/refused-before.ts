import type { RigFile } from '../../../rigs/file/rig-file.ts';
import { refusals } from '../qualify/refusals.ts';
import { brokenBy } from './findings/broken-by.ts';
import { type Finding, ok, warning } from './findings/finding.ts';

/**
 * What a run would be refused for before it touches the board.
 * @param unset the environment variable with the private key, where it is not set. The doctor itself needs it only to
 *   compare the key, or to put a module back
 */
export async function refusedBefore(rig: RigFile, unset: string | undefined): Promise<readonly Finding[]> {
  const found = await Promise.all(
    refusals.map(async ({ id, check, sound }): Promise<readonly Finding[]> => {
      try {
        await check(rig);
        const what = sound?.(rig);
        return what === undefined ? [] : [ok(id, what)];
      } catch (error) {
        return [brokenBy(id, error, 'correct it: a run is refused for it')];
      }
    }),
  );
  const secret =
    unset === undefined
      ? []
      : [
          warning(
            'secret',
            `the environment variable ${unset}, which has the private key, is not set here: runs are refused without it`,
            'set it where runs are started; the doctor compares the key where it is set',
          ),
        ];
  return [...found.flat(), ...secret];
}

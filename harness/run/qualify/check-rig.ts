import type { Entry } from '../../../reports/record/entry.ts';
import type { RigFile } from '../../../rigs/file/rig-file.ts';
import { quickDoctor } from '../doctor/checks/quick-doctor.ts';
import { createSystem } from '../doctor/checks/system.ts';
import { isBroken } from '../doctor/findings/finding.ts';

/**
 * Runs the doctor's checks before a nightly or release run. A broken finding ends the run before it starts; a warning is
 * shown.
 */
export async function checkRig(rig: RigFile): Promise<Entry[]> {
  const findings = await quickDoctor(rig, createSystem());
  return findings.flatMap((finding): Entry[] => {
    const { id, severity, what, mend } = finding;
    // The run's notes tell it, in every profile.
    if (id === 'clock') return [];
    if (isBroken(finding)) {
      return [
        { type: 'rig-error', code: 'RIG_UNSOUND', message: `${id}: ${what}`, ...(mend && { remedy: mend }) },
      ];
    }
    return severity === 'warning' ? [{ type: 'message', text: `${id}: ${what}; ${mend ?? ''}` }] : [];
  });
}

import { hasCode } from '../../../base/error.ts';
import { reboot, type Rebooted } from '../../../bc26/reboot.ts';
import { whyNoReboot } from '../../../bc26/reboot-kinds.ts';
import { bootsSeen } from '../../../bc26/restarted.ts';
import { brokenBy } from '../findings/broken-by.ts';
import { type Finding, note, ok, warning } from '../findings/finding.ts';
import type { ProbeContext, ProbeResult } from './probe-context.ts';

const resetFinding = ({ bootMs, boots }: Rebooted): Finding => {
  if (boots <= 1)
    return ok('reset', `the reset restarts the module: AT is answered after ${Math.round(bootMs)} ms`);
  return warning(
    'reset',
    `one reset restarts the module ${boots} times`,
    'the reset line bounces, or the supply dips when the module starts (700 mA for 0.2 ms): check both',
  );
};

/** Resets the running module once. @throws ABORTED */
export async function reset({ bench, figures, signal }: ProbeContext): Promise<ProbeResult> {
  const reason = whyNoReboot('reset-pin', bench.control.capabilities);
  const { module: identity, bootTexts: boots = 0, powerOnMs } = figures;
  if (reason || !identity) {
    return { findings: [note('reset', reason ?? 'the module was not identified')], alive: true };
  }
  const bootMs = powerOnMs.length > 0 ? Math.min(...powerOnMs) : undefined;
  const before = bootsSeen(bench, { boots, bootMs });
  try {
    const plan = { identity, cutSince: bench.clock.now(), cutAfterMs: 0, before, signal };
    const result = await reboot(bench, 'reset-pin', plan);
    figures.resetMs.push(result.bootMs);
    figures.named.push({ firstMs: result.bootMs, namedMs: result.namedMs });
    return { findings: [resetFinding(result)], alive: true };
  } catch (error) {
    if (hasCode(error, 'ABORTED')) throw error;
    // A module that was not restarted still works.
    const alive = hasCode(error, 'NOT_RESTARTED');
    return { findings: [brokenBy('reset', error, 'check the reset line')], alive };
  }
}

import { hasCode } from '../../base/error.ts';
import type { Rebooted } from '../../bc26/reboot.ts';
import { reboot } from '../../bc26/reboot.ts';
import { whyNot } from '../../bc26/reboot-kinds.ts';
import { brokenBy } from './broken-by.ts';
import type { Finding } from './finding.ts';
import { broken, note, ok, warning } from './finding.ts';
import type { Figures, Patient, Probed } from './patient.ts';

/** A boot takes its time; a module that was never reset answers at once. */
const leastShare = 0.5;

/** Whether the module was restarted: by its boot text or, of a firmware that shows none, by the time it took. */
function restarted({ boots, bootMs }: Rebooted, { bootTexts, powerOnMs }: Figures): boolean {
  if (boots > 0) return true;
  return bootTexts === 0 && powerOnMs.length > 0 && bootMs >= leastShare * Math.min(...powerOnMs);
}

const ofReset = (result: Rebooted, wasRestarted: boolean): Finding => {
  const ms = Math.round(result.bootMs);
  if (!wasRestarted) {
    return broken(
      'reset',
      `the reset changes nothing: no boot text, and AT is answered ${ms} ms after it`,
      'is the reset line wired, to pin 15, with the right polarity, and the pulse 50 ms at least?',
    );
  }
  if (result.boots <= 1) return ok('reset', `the reset restarts the module: AT is answered after ${ms} ms`);
  return warning(
    'reset',
    `one reset restarts the module ${result.boots} times`,
    'the line bounces, or the supply dips as the module starts (700 mA for 0.2 ms): check both',
  );
};

/** Resets the running module once. @throws ABORTED */
export async function reset({ bench, figures, signal }: Patient): Promise<Probed> {
  const reason = whyNot('reset-pin', bench.control.capabilities);
  const identity = figures.module;
  if (reason || !identity) {
    return { findings: [note('reset', reason ?? 'the module was not identified')], alive: true };
  }
  try {
    const plan = { identity, lastAnswerAt: bench.clock.now(), cutAfterMs: 0, signal };
    const result = await reboot(bench, 'reset-pin', plan);
    const wasRestarted = restarted(result, figures);
    if (wasRestarted) figures.resetMs.push(result.bootMs);
    return { findings: [ofReset(result, wasRestarted)], alive: true };
  } catch (error) {
    if (hasCode(error, 'ABORTED')) throw error;
    return { findings: [brokenBy('reset', error, 'check the reset line')], alive: false };
  }
}

import { type Finding, isBroken, note } from '../findings/finding.ts';
import { bootTime, naming, rebootInterval } from './boot-time.ts';
import { credentials } from './credentials.ts';
import { leftBehind } from './left-behind.ts';
import { powerOff } from './power-off.ts';
import { powerUp } from './power-up.ts';
import type { ProbeContext, ProbeResult } from './probe-context.ts';
import { reset } from './reset.ts';
import { roundTrip } from './round-trip.ts';
import { silence } from './silence.ts';
import { sim } from './sim.ts';

export interface Extent {
  /** How often the module is switched off and on again; at least once. */
  readonly boots: number;
  /** How long to listen to the silent line, s. */
  readonly silenceS: number;
}

/** Noise that keeps a module from being understood shows within this time, s. */
const SHORT_SILENCE_S = 3;

/** The probes that act on the module. Each relies on what the ones before it have shown. */
const steps = (
  boots: number,
): readonly (readonly [what: string, step: (context: ProbeContext) => Promise<ProbeResult>])[] => [
  ['the module is brought up', powerUp],
  ['the module is switched off and on', (context) => repeatPowerOff(context, boots)],
  ['the module is reset', reset],
];

/**
 * Runs the probes. Nothing is written to NVRAM, except that power saving is switched off, and that the module is given back
 * what an earlier run found in it. Each finding is reported at
 * once, since the silence takes a minute.
 * @throws ABORTED
 */
export async function runProbes(
  context: ProbeContext,
  { boots, silenceS }: Extent,
  report: (finding: Finding) => void,
): Promise<void> {
  for (const [what, step] of steps(boots)) {
    context.begin(what);
    const { findings, alive } = await step(context);
    findings.forEach(report);
    if (!alive) return endEarly(context, silenceS, report);
  }
  [...bootTime(context), ...naming(context), ...rebootInterval(context)].forEach(report);
  context.begin('round trips are measured');
  (await roundTrip(context)).forEach(report);
  report(await silence(context, silenceS));
  context.begin('SIM and network are looked at');
  report(await sim(context));
  context.begin('what the module holds is looked at');
  (await credentials(context)).forEach(report);
  (await leftBehind(context)).forEach(report);
}

/** The module was not understood or is not the rig's. Noise may explain that; no other probe is tried. */
async function endEarly(
  context: ProbeContext,
  silenceS: number,
  report: (finding: Finding) => void,
): Promise<void> {
  report(await silence(context, Math.min(silenceS, SHORT_SILENCE_S)));
  report(note('probes', 'the remaining probes were not run: fix what is broken first'));
}

/** Repeats power-off for the boot times, until one is broken. */
async function repeatPowerOff(context: ProbeContext, times: number): Promise<ProbeResult> {
  let result = await powerOff(context);
  for (let done = 1; done < times && !result.findings.some(isBroken); done++) {
    context.begin(`the module is switched off and on, ${done + 1} of ${times}`);
    result = await powerOff(context);
  }
  return result;
}

import { type Finding, isBroken, note } from '../findings/finding.ts';
import { bootTime } from './boot-time.ts';
import type { Patient, Probed } from './probe-context.ts';
import { powerOff } from './power-off.ts';
import { powerUp } from './power-up.ts';
import { reset } from './reset.ts';
import { roundTrip } from './round-trip.ts';
import { silence } from './silence.ts';

export interface Extent {
  /** How often the module is switched off and on again; once at least. */
  readonly boots: number;
  /** How long to listen to the silent line, s. */
  readonly silenceS: number;
}

/** A line that is never silent shows it soon: long enough to explain why the module was not understood. */
const shortSilenceS = 3;

/** What acts on the module, each needing only what the ones before it have proved. */
const steps = (boots: number): ((patient: Patient) => Promise<Probed>)[] => [
  powerUp,
  (patient) => switchOff(patient, boots),
  reset,
];

/**
 * The active probes. Nothing is written to NVRAM. Findings are told as they come: a minute of silence is long.
 * @throws ABORTED
 */
export async function examine(
  patient: Patient,
  { boots, silenceS }: Extent,
  tell: (finding: Finding) => void,
): Promise<void> {
  for (const step of steps(boots)) {
    const { findings, alive } = await step(patient);
    findings.forEach(tell);
    if (!alive) return explain(patient, silenceS, tell);
  }
  bootTime(patient).forEach(tell);
  (await roundTrip(patient)).forEach(tell);
  tell(await silence(patient, silenceS));
}

/** A module that is not understood, or not the rig's: noise would explain the one, and nothing else is tried. */
async function explain(patient: Patient, silenceS: number, tell: (finding: Finding) => void): Promise<void> {
  tell(await silence(patient, Math.min(silenceS, shortSilenceS)));
  tell(note('probes', 'the remaining probes were not tried: mend what is broken first'));
}

/** Again and again, for the boot times; one finding that is not good is enough. */
async function switchOff(patient: Patient, times: number): Promise<Probed> {
  let probed = await powerOff(patient);
  for (let done = 1; done < times && !probed.findings.some(isBroken); done++)
    probed = await powerOff(patient);
  return probed;
}

import { hasCode } from '../../../base/error.ts';
import { guardIdentity, type Identity } from '../../../bc26/identity.ts';
import { start } from '../../../bc26/start.ts';
import { brokenBy } from '../findings/broken-by.ts';
import { broken, type Finding, isBroken, note, ok, warning } from '../findings/finding.ts';
import type { Patient, Probed } from './probe-context.ts';

const answers = (boots: number, bootMs: number): Finding => {
  const took = `AT is answered ${Math.round(bootMs)} ms after power-on`;
  if (boots === 1) return ok('answers', `${took}, and one boot text was seen`);
  if (boots === 0)
    return note('answers', `${took}; no boot text was seen (another baud rate, or it was on already)`);
  return warning(
    'answers',
    `${took}, but it booted ${boots} times`,
    'the supply may dip as the module starts (700 mA for 0.2 ms, at least 0.5 A): a stiffer supply, 100 µF at its pins',
  );
};

/** Whether the sense line agrees with a module that answers. */
async function sensedOn({ bench }: Patient): Promise<Finding> {
  const mend =
    'check pin and polarity; VDD_EXT is 1.8 V, too little for a 3.3 V input without a transistor or comparator';
  try {
    const powered = await bench.control.powered();
    if (powered === undefined) {
      return note('sense', 'no sense of VDD_EXT: that the module is off is known by its silence alone');
    }
    if (powered) return ok('sense', 'VDD_EXT is seen up while the module answers');
    return broken('sense', 'control.powered says off while the module answers', mend);
  } catch (error) {
    return brokenBy('sense', error, mend);
  }
}

/** Whether this is the rig's module: with another nothing more is tried. */
function known({ rig, figures }: Patient, identity: Identity): Finding {
  figures.module = identity;
  try {
    guardIdentity(identity, rig.module);
  } catch (error) {
    return brokenBy('identity', error, 'choose the rig file of this module');
  }
  return ok('identity', `the module is ${identity.imei} with ${identity.revision}, as the rig file says`);
}

/** Brings the module up from rest, and asks who it is. @throws ABORTED */
export async function powerUp(patient: Patient): Promise<Probed> {
  const { bench, signal, figures } = patient;
  try {
    const { boots, bootMs, identity } = await start(bench, signal);
    figures.bootTexts = boots;
    if (bench.control.capabilities.supplyCut) figures.powerOnMs.push(bootMs);
    const identified = known(patient, identity);
    const findings = [answers(boots, bootMs), await sensedOn(patient), identified];
    return { findings, alive: !isBroken(identified) };
  } catch (error) {
    if (hasCode(error, 'ABORTED')) throw error;
    const finding = brokenBy('answers', error, 'check supply, power key, TX, RX and baud rate');
    return { findings: [finding], alive: false };
  }
}

import { hasCode } from '../../../base/error.ts';
import { guardIdentity, type Identity } from '../../../bc26/identity.ts';
import { start } from '../../../bc26/start.ts';
import { brokenBy } from '../findings/broken-by.ts';
import { broken, type Finding, isBroken, note, ok, warning } from '../findings/finding.ts';
import type { ProbeContext, ProbeResult } from './probe-context.ts';

const answers = (boots: number, bootMs: number): Finding => {
  const took = `AT is answered ${Math.round(bootMs)} ms after power-on`;
  if (boots === 1) return ok('answers', `${took}, and its boot text came once`);
  if (boots === 0)
    return note(
      'answers',
      `${took}; no boot text came (its baud rate may differ, or the module was on already)`,
    );
  return warning(
    'answers',
    `${took}, but it booted ${boots} times`,
    'the supply may dip when the module starts (700 mA for 0.2 ms): use a supply of 0.5 A or more, with 100 µF at its pins',
  );
};

/** Checks the sense line against a module that answers. */
async function sensedOn({ bench }: ProbeContext): Promise<Finding> {
  const mend =
    'check pin and polarity; VDD_EXT is 1.8 V, too low for a 3.3 V input without a transistor or comparator';
  try {
    const powered = await bench.control.powered();
    if (powered === undefined) {
      return note('sense', 'VDD_EXT is not sensed: only silence shows that the module is off');
    }
    if (powered) return ok('sense', 'control.powered (the power sense) says on while the module answers');
    return broken('sense', 'control.powered (the power sense) says off while the module answers', mend);
  } catch (error) {
    return brokenBy('sense', error, mend);
  }
}

/** Checks that this is the rig's module. */
function checkIdentity({ rig, figures }: ProbeContext, identity: Identity): Finding {
  figures.module = identity;
  try {
    guardIdentity(identity, rig.module);
  } catch (error) {
    return brokenBy('identity', error, 'use the rig file of this module');
  }
  return ok('identity', `the module is ${identity.imei} with ${identity.revision}, as the rig file says`);
}

/** Brings the module up from rest and reads its identity. @throws ABORTED */
export async function powerUp(context: ProbeContext): Promise<ProbeResult> {
  const { bench, signal, figures } = context;
  try {
    const { boots, bootMs, namedMs, identity, running } = await start(bench, signal);
    figures.bootTexts = boots;
    if (bench.control.capabilities.supplyCut) figures.powerOnMs.push(bootMs);
    if (!running) figures.named.push({ firstMs: bootMs, namedMs });
    const identified = checkIdentity(context, identity);
    const findings = [answers(boots, bootMs), await sensedOn(context), identified];
    return { findings, alive: !isBroken(identified) };
  } catch (error) {
    if (hasCode(error, 'ABORTED')) throw error;
    const finding = brokenBy('answers', error, 'check supply, power key, TX, RX and baud rate');
    return { findings: [finding], alive: false };
  }
}

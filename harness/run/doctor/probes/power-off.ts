import { existsSync } from 'node:fs';

import { toMs } from '../../../base/clock.ts';
import { hasCode } from '../../../base/error.ts';
import { watchBoots } from '../../../bc26/boots.ts';
import { bringUp } from '../../../bc26/bring-up.ts';
import { powerOff as powerOffInOrder } from '../../../bc26/power-off.ts';
import { probe } from '../../../bc26/probe.ts';
import type { RebootKind } from '../../../bc26/reboot-kinds.ts';
import { bootsSeen, ensureRestarted } from '../../../bc26/restarted.ts';
import { brokenBy } from '../findings/broken-by.ts';
import { broken, type Finding, note, ok } from '../findings/finding.ts';
import type { Patient, Probed } from './probe-context.ts';

/** How a board can switch its module off and on again. */
interface Switch {
  readonly name: string;
  /** What switching off and on by it amounts to. */
  readonly kind: RebootKind;
  off(): Promise<void>;
  on(): Promise<void>;
}

function switchOf({ bench, signal }: Patient): Switch | undefined {
  const { control } = bench;
  if (control.capabilities.supplyCut) {
    return {
      name: 'cutting the supply',
      kind: 'supply-cut',
      off: () => control.off(),
      on: () => control.on(),
    };
  }
  if (!control.capabilities.powerKey) return undefined;
  return {
    name: 'AT+QPOWD=0',
    kind: 'power-cycle',
    off: () => powerOffInOrder(bench, signal),
    on: () => control.powerKey(),
  };
}

/**
 * What gives away that the module is still on: answers or, where the adapter is fed with it (`serial.reopen`) and no
 * line is left to ask on, the adapter. Undefined when it is off.
 */
async function signOfLife(patient: Patient): Promise<'answers' | 'adapter' | undefined> {
  const { path, reopen } = patient.rig.serial;
  if (reopen) return path !== undefined && existsSync(path) ? 'adapter' : undefined;
  return (await isSilent(patient)) ? undefined : 'answers';
}

/** Whether nothing answers. Twice: the first AT may be eaten by a module that is awake (BC26.md §8). */
async function isSilent({ bench, signal }: Patient): Promise<boolean> {
  const ask = async (): Promise<boolean> =>
    (await probe(bench.at, bench.timing.retryMs, signal)).kind === 'silent';
  return (await ask()) && (await ask());
}

const stillAnswers = (how: string): Finding =>
  broken(
    'power-off',
    `the module still answers AT after ${how}`,
    'the switch does not switch this module: check its channel, the wiring, and a second supply (USB, debug UART)',
  );

const wentOn = (how: string, what: string): Finding =>
  broken(
    'power-off',
    `the module goes on after ${how}: ${what}`,
    'the switch does not switch this module: check its channel, the wiring, and a second supply (USB, debug UART)',
  );

const stillPluggedIn = (how: string): Finding =>
  broken(
    'power-off',
    `the adapter is still there after ${how}, though the rig file says that it goes with the supply`,
    'the switch does not switch this board; or the adapter has a supply of its own: then leave serial.reopen out',
  );

const stillPowered = (how: string): Finding =>
  broken(
    'power-off',
    `after ${how} the module is silent, but control.powered says on`,
    'either the sense is wrong (pin, polarity) or TX feeds the module: gate the level shifter by VDD_EXT; or it needs a longer time to discharge',
  );

const off = (how: string, sensed: boolean | undefined): Finding =>
  ok('power-off', `${how} silences the module${sensed === false ? ', and VDD_EXT falls' : ''}`);

/**
 * Switches the module off, makes sure that it is, and switches it on again. A module that stays on is left as it is:
 * a power key pressed on a running module is no documented input (BC26.md §1).
 * @throws ABORTED
 */
export async function powerOff(patient: Patient): Promise<Probed> {
  const power = switchOf(patient);
  if (!power) {
    const finding = note('power-off', 'this board can switch nothing off and on: what needs that is not run');
    return { findings: [finding], alive: true };
  }
  try {
    await power.off();
    const sensed = await patient.bench.control.powered();
    const sign = await signOfLife(patient);
    if (sign === 'answers') return { findings: [stillAnswers(power.name)], alive: true };
    // The port was closed before the cut, and it is for `on` to open it again: the module cannot be worked on.
    if (sign === 'adapter') return { findings: [stillPluggedIn(power.name)], alive: false };
    await onAgain(patient, power);
    return { findings: [sensed ? stillPowered(power.name) : off(power.name, sensed)], alive: true };
  } catch (error) {
    if (hasCode(error, 'ABORTED')) throw error;
    if (hasCode(error, 'NOT_RESTARTED'))
      return { findings: [wentOn(power.name, error.message)], alive: true };
    const finding = brokenBy('power-off', error, 'run the power commands of the rig file by hand');
    return { findings: [finding], alive: false };
  }
}

/**
 * Switches on again, and makes sure that it boots. Silence alone proves no cut: while the supply is off the transmit line
 * is held low where the port can (`rigs/supply-wires.ts`), and then no question reaches a module that runs on.
 * @throws NOT_RESTARTED
 */
async function onAgain({ bench, figures, signal }: Patient, power: Switch): Promise<void> {
  const { bootTexts = 0, powerOnMs } = figures;
  const before = bootsSeen(bench, {
    boots: bootTexts,
    bootMs: powerOnMs.length > 0 ? Math.min(...powerOnMs) : undefined,
  });
  const boots = watchBoots(bench.at);
  try {
    const trigger = bench.clock.now();
    await power.on();
    const actMs = toMs(bench.clock.now() - trigger);
    const { bootMs } = await bringUp(bench, trigger, signal);
    const seen = { kind: power.kind, bootMs, boots: boots.seen.length, silentMs: bootMs - actMs };
    ensureRestarted(bench, seen, before);
    powerOnMs.push(bootMs);
  } finally {
    boots.end();
  }
}

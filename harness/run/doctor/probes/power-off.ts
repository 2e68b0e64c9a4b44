import { toMs } from '../../../base/clock.ts';
import { hasCode } from '../../../base/error.ts';
import { watchBoots } from '../../../bc26/boots.ts';
import { bringUp } from '../../../bc26/bring-up.ts';
import {
  awaitSilence,
  cutAndProve,
  powerOff as powerOffInOrder,
  type SignOfLife,
} from '../../../bc26/power-off.ts';
import type { RebootKind } from '../../../bc26/reboot-kinds.ts';
import { bootsSeen, ensureRestarted } from '../../../bc26/restarted.ts';
import { bootStarted, untilRebootAllowed } from '../../../bc26/start-boot.ts';
import { brokenBy } from '../findings/broken-by.ts';
import { broken, type Finding, note, ok } from '../findings/finding.ts';
import type { ProbeContext, ProbeResult } from './probe-context.ts';

/** How a board can switch its module off and on again. */
interface Switch {
  readonly name: string;
  /** The reboot that switching off and on by it is. */
  readonly kind: RebootKind;
  /** Switches off. @returns what shows that the module is on all the same */
  off(): Promise<SignOfLife | undefined>;
  on(): Promise<void>;
}

function switchOf({ bench, signal }: ProbeContext): Switch | undefined {
  const { control } = bench;
  if (control.capabilities.supplyCut) {
    return {
      name: 'cutting the supply',
      kind: 'supply-cut',
      off: () => cutAndProve(bench, signal),
      on: () => control.on(),
    };
  }
  if (!control.capabilities.powerKey) return undefined;
  return {
    name: 'AT+QPOWD=0',
    kind: 'power-cycle',
    async off() {
      await powerOffInOrder(bench, signal);
      return (await awaitSilence(bench, 2, signal)).sign;
    },
    on: () => control.powerKey(),
  };
}

const WRONG_SWITCH =
  'the switch does not switch this module: check its channel, the wiring, and a second supply (USB, debug UART)';

const stillAnswers = (how: string): Finding =>
  broken('power-off', `the module still answers AT after ${how}`, WRONG_SWITCH);

const wentOn = (how: string, what: string): Finding =>
  broken('power-off', `the module goes on after ${how}: ${what}`, WRONG_SWITCH);

const stillPluggedIn = (how: string): Finding =>
  broken(
    'power-off',
    `the adapter is still there after ${how}, but the rig file says that it goes with the supply`,
    'either the switch does not switch this board, or the adapter has its own supply: then remove serial.reopen',
  );

const stillPowered = (how: string): Finding =>
  broken(
    'power-off',
    `after ${how} the module is silent, but control.powered says on`,
    'check the sense line (pin, polarity); or TX feeds the module: gate the level shifter by VDD_EXT; or allow more time to discharge',
  );

const off = (how: string, isSensed: boolean): Finding =>
  ok('power-off', `${how} silences the module${isSensed ? ', and VDD_EXT falls' : ''}`);

/**
 * Switches the module off, checks that it is off, and switches it on again. A module that stays on is left as it is:
 * what the power key does to a running module is not documented (BC26.md §1).
 * @throws ABORTED
 */
export async function powerOff(context: ProbeContext): Promise<ProbeResult> {
  const power = switchOf(context);
  if (!power) {
    const finding = note(
      'power-off',
      'this board cannot switch the module off and on: tests that need that are not run',
    );
    return { findings: [finding], alive: true };
  }
  try {
    await untilRebootAllowed(context.bench, context.signal);
    const sign = await power.off();
    if (sign === 'answers') return { findings: [stillAnswers(power.name)], alive: true };
    // The port was closed before the cut, and only `on` opens it again: later probes have no port.
    if (sign === 'adapter') return { findings: [stillPluggedIn(power.name)], alive: false };
    await switchOnAgain(context, power);
    const { powered } = context.bench.control.capabilities;
    return { findings: [sign ? stillPowered(power.name) : off(power.name, powered)], alive: true };
  } catch (error) {
    if (hasCode(error, 'ABORTED')) throw error;
    if (hasCode(error, 'NOT_RESTARTED'))
      return { findings: [wentOn(power.name, error.message)], alive: true };
    const finding = brokenBy('power-off', error, 'run the power commands of the rig file by hand');
    return { findings: [finding], alive: false };
  }
}

/**
 * Switches on again and checks that the module boots. Its silence before does not prove that it was off: a switch may
 * have cut its UART, and not its supply.
 * @throws NOT_RESTARTED
 */
async function switchOnAgain({ bench, figures, signal }: ProbeContext, power: Switch): Promise<void> {
  const { bootTexts = 0, powerOnMs } = figures;
  const before = bootsSeen(bench, {
    boots: bootTexts,
    bootMs: powerOnMs.length > 0 ? Math.min(...powerOnMs) : undefined,
  });
  const boots = watchBoots(bench.at);
  try {
    const trigger = bench.clock.now();
    await power.on();
    bootStarted(bench, trigger);
    const actMs = toMs(bench.clock.now() - trigger);
    const { bootMs, namedMs } = await bringUp(bench, trigger, signal);
    const seen = { kind: power.kind, bootMs, boots: boots.seen.length, silentMs: bootMs - actMs };
    ensureRestarted(bench, seen, before);
    powerOnMs.push(bootMs);
    figures.named.push({ firstMs: bootMs, namedMs });
  } finally {
    boots.end();
  }
}

import type { Clock } from '../base/clock.ts';
import type { EmulatorMessage } from '../base/protocol.ts';
import { seededRandom } from '../base/random.ts';
import { dispatch } from '../commands/registry.ts';
import { faults as knownFaults } from '../faults/registry.ts';
import { NvramFlash, type NvramStore } from '../module/nvram.ts';
import type { Network } from '../network/network.ts';
import { SettingsInForce } from '../settings/settings-in-force.ts';
import type { AnsweredLine } from './at-line.ts';
import { FaultSwitches } from './fault-switches.ts';
import { layeredFirmware } from './firmware.ts';
import { LineNoise } from './line-noise.ts';
import { ModuleRunner } from './module-runner.ts';
import { Power } from './power.ts';
import { WireIn, WireOut } from './wire.ts';

interface EmulatorParts {
  readonly clock: Clock;
  readonly store: NvramStore;
  readonly network: Network;
  readonly seed: number;
  readonly baud: number;
  /** Puts bytes on the line to the host. */
  readonly write: (bytes: Uint8Array) => void;
  readonly report: (message: EmulatorMessage) => void;
}

export interface Emulator {
  readonly power: Power;
  readonly faults: FaultSwitches;
  readonly settings: SettingsInForce;
  /** Takes bytes that a host has written, and when they were read (ns). */
  feed(bytes: Uint8Array, readAt: bigint): void;
}

/** No two writes of a flash take the same time: the share by which one is shorter or longer than `nvramItemMs`. */
const UNSTEADY = 0.15;

/** Assembles the emulated module; it has no supply at first. */
export function createEmulator(parts: EmulatorParts): Emulator {
  const { clock, report } = parts;
  const settings = new SettingsInForce();
  const faults = new FaultSwitches(knownFaults);
  const current = () => settings.current();
  const out = new WireOut(clock, parts.baud, parts.write);
  const firmware = layeredFirmware(dispatch, () => faults.current());
  // Generators of their own, here and below, so that the module's random numbers depend on its commands alone.
  const unsteady = seededRandom(parts.seed + 1);
  const runner = new ModuleRunner({
    clock,
    out,
    flash: new NvramFlash(clock, parts.store, {
      itemMs: () => current().nvramItemMs * (1 + UNSTEADY * (2 * unsteady() - 1)),
      waitMs: () => firmware.writeDelayMs(current()),
    }),
    firmware,
    network: parts.network,
    settings: current,
    random: seededRandom(parts.seed),
    onBoot: (cause) => report({ type: 'boot', cause, at: String(clock.now()) }),
    onAnswered: (answered) => report(toAnswerMessage(answered)),
    onThen: (action) => (action === 'reset' ? power.softReset() : power.powerOff()),
  });
  const noise = new LineNoise({
    clock,
    settings: current,
    random: seededRandom(~parts.seed),
    write: parts.write,
  });
  const power: Power = new Power(clock, current, {
    boot: (cause) => runner.boot(cause),
    halt: () => runner.halt(),
    cut: () => runner.cut(),
    powered(on) {
      if (on) noise.begin();
      else noise.end();
      report({ type: 'power', on, at: String(clock.now()) });
    },
  });
  const input = new WireIn(clock, parts.baud, (byte) => runner.byte(byte));
  return { power, faults, settings, feed: (bytes, readAt) => input.feed(bytes, readAt) };
}

function toAnswerMessage({ command, received, sent }: AnsweredLine): EmulatorMessage {
  return {
    type: 'answer',
    command,
    receivedAt: String(received.at),
    readAt: String(received.readAt),
    plannedAt: String(sent.plannedFirst),
    plannedLastAt: String(sent.plannedLast),
    firstAt: String(sent.first),
    lastAt: String(sent.last),
  };
}

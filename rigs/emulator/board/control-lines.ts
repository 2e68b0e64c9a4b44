import { type Clock, msToNs } from '../base/clock.ts';
import { describeNearest } from '../base/nearest.ts';
import type { SettingsInForce } from '../settings/settings-in-force.ts';
import type { FaultSwitches } from './fault-switches.ts';
import type { Power } from './power.ts';

export interface Controlled {
  readonly clock: Clock;
  readonly power: Power;
  readonly faults: FaultSwitches;
  readonly settings: SettingsInForce;
  readonly quit: () => void;
}

type Verb = (words: readonly string[], on: Controlled) => void | Promise<void>;

const verbs: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  [
    'on',
    async (_words, { clock, power, settings }) => {
      power.supplyOn();
      await waitForPulse(clock, settings);
      power.keyPressed();
    },
  ],
  ['off', (_words, { power }) => power.supplyOff()],
  [
    'supply',
    ([level], { power }) => actOnLevel(level, { on: () => power.supplyOn(), off: () => power.supplyOff() }),
  ],
  [
    'power-key',
    ([level], { clock, power, settings }) =>
      actOnLevel(level, {
        down: () => power.keyDown(),
        up: () => power.keyUp(),
        pulse: async () => {
          await waitForPulse(clock, settings);
          power.keyPressed();
        },
      }),
  ],
  [
    'reset',
    ([level], { clock, power, settings }) =>
      actOnLevel(level, {
        down: () => power.resetDown(),
        up: () => power.resetUp(),
        pulse: async () => {
          await waitForPulse(clock, settings);
          power.resetPressed();
        },
      }),
  ],
  ['fault', ([id], { faults }) => faults.switchOn(id ?? '')],
  ['heal', ([id], { faults }) => faults.switchOff(id ?? '')],
  ['set', ([name, ...value], { settings }) => settings.change(name ?? '', value.join(' '))],
  [
    'rest',
    (_words, { power }) => {
      power.supplyOff();
      power.keyUp();
      power.resetUp();
    },
  ],
  ['quit', (_words, { quit }) => quit()],
]);

/**
 * Executes one line of the control FIFO (listed in protocol.ts); settles when it has taken effect.
 * @throws Error of one line, if there is no such control line
 */
export async function executeControlLine(line: string, on: Controlled): Promise<void> {
  const [name = '', ...words] = line.split(/ +/);
  const verb = verbs.get(name);
  if (!verb) {
    const known = [...verbs.keys()];
    throw new Error(
      `no control line begins with ${quote(name)}${describeNearest(name, known)}; there are: ${known.join(', ')}`,
    );
  }
  await verb(words, on);
}

/** Acts on the second word of a line; without one it is a pulse. */
function actOnLevel(
  level: string | undefined,
  levels: Readonly<Record<string, () => void | Promise<void>>>,
): void | Promise<void> {
  const chosen = level ?? 'pulse';
  const act = Object.hasOwn(levels, chosen) ? levels[chosen] : undefined;
  if (!act) {
    const known = Object.keys(levels);
    throw new Error(`${quote(chosen)} is not one of: ${known.join(', ')}${describeNearest(chosen, known)}`);
  }
  return act();
}

function waitForPulse(clock: Clock, settings: SettingsInForce): Promise<void> {
  return new Promise((resolve) => {
    clock.at(clock.now() + msToNs(settings.current().pulseMs), resolve);
  });
}

const quote = (word: string): string => JSON.stringify(word.slice(0, 60));

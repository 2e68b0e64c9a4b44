import type { Bench } from './bench.ts';
import { pause } from './pause.ts';
import { untilOff } from './power-off.ts';
import { isSilence } from './probe.ts';
import { startBoot } from './start-boot.ts';

/** The rungs of the recovery ladder, the gentlest first. */
export const rungs = ['re-sync', 'drain', 'soft-reset', 'reset-pin', 'power-cycle', 'supply-cut'] as const;
export type Rung = (typeof rungs)[number];

/** What a rung does to a module in trouble; a bring-up follows, unless nothing came of it. */
interface RungActs {
  /** Why this board does not climb it; undefined when it does. */
  readonly whySkipped: (bench: Bench) => string | undefined;
  /** Whether it boots the module. */
  readonly boots: boolean;
  /** @returns why nothing came of it, where that is known at once */
  readonly act: (bench: Bench, signal: AbortSignal | undefined) => Promise<string | undefined | void>;
}

/** An answer to `AT` comes within 300 ms (AT manual §1); thrice that. */
export const PROBE_MS = 1_000;
/** VDD_EXT falls 1.02 s after AT+QPOWD=0 (BC26.md §1): when a module that gave no answer is looked at again. */
const POWER_OFF_MS = 1_500;

const CANNOT = 'this board cannot';

const climbable = (): undefined => undefined;

export const acts: Record<Rung, RungActs> = {
  're-sync': { whySkipped: climbable, boots: false, act: () => Promise.resolve() },
  drain: {
    whySkipped: climbable,
    boots: false,
    // A lone CR ends a half-typed line, ESC a prompt; what comes of it is drained.
    act: async ({ at }, signal) => {
      await at.transmit(Buffer.from('\u001b\r'), { finals: 0, quietMs: 200, deadlineMs: PROBE_MS, signal });
    },
  },
  'soft-reset': {
    whySkipped: climbable,
    boots: true,
    act: async (bench, signal) => void (await answersOk(bench, 'AT+QRST=1', signal)),
  },
  'reset-pin': {
    whySkipped: ({ control }) => (control.capabilities.reset ? undefined : CANNOT),
    boots: true,
    act: ({ control }, signal) => startBoot(() => control.reset(), signal),
  },
  'power-cycle': {
    // With nothing to tell whether the module runs, cutting its supply is the surer way.
    whySkipped: ({ control: { capabilities } }) => {
      if (!capabilities.powerKey) return CANNOT;
      const blind = !capabilities.powered && capabilities.supplyCut;
      return blind ? 'nothing senses whether it runs, and its supply can be cut' : undefined;
    },
    boots: true,
    act: powerCycle,
  },
  'supply-cut': {
    whySkipped: ({ control }) => (control.capabilities.supplyCut ? undefined : CANNOT),
    boots: true,
    act: async ({ control }, signal) => {
      await control.off();
      await startBoot(() => control.on(), signal);
    },
  },
};

/**
 * Off by command, on by the power key. What a pulse on PWRKEY does to a module that runs is documented nowhere: the
 * manuals call it power-on only, a preliminary one on/off, and the firmware knows a long press (BC26.md §1).
 * So the key is pressed on a module that is known to be off alone: sensed, or silent after it has answered
 * AT+QPOWD=0 with OK. One that gave no answer and is not sensed is taken to run.
 */
async function powerCycle(bench: Bench, signal: AbortSignal | undefined): Promise<string | undefined> {
  const { clock, control } = bench;
  const obeys = await answersOk(bench, 'AT+QPOWD=0', signal);
  if (obeys) await untilOff(bench, signal);
  else {
    await pause(clock, POWER_OFF_MS, signal);
    const powered = await control.powered();
    if (powered !== false) return `it did not obey AT+QPOWD=0 and ${powered ? 'runs' : 'may run'}`;
  }
  await startBoot(() => control.powerKey(), signal);
  return undefined;
}

/** Whether a module that may be silent answers a command OK. */
async function answersOk({ at }: Bench, command: string, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    return (await at.send(command, { deadlineMs: PROBE_MS, signal })).final.kind === 'OK';
  } catch (error) {
    if (isSilence(error)) return false;
    throw error;
  }
}

/**
 * Switches off a module that must not be booted, as far as the board can.
 * @returns how, or why it could not be done
 */
export async function switchOff(bench: Bench, signal: AbortSignal | undefined): Promise<string> {
  if (bench.control.capabilities.supplyCut) {
    await bench.control.off();
    return 'its supply was cut';
  }
  return (await answersOk(bench, 'AT+QPOWD=0', signal))
    ? 'it was switched off by AT+QPOWD=0'
    : 'it could not be switched off: its supply cannot be cut, and it did not obey AT+QPOWD=0';
}

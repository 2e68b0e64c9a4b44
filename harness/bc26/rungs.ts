import type { Bench } from './bench.ts';
import { pause } from './pause.ts';
import { waitUntilOff } from './power-off.ts';
import { isSilence } from './probe.ts';
import { startBoot } from './start-boot.ts';

/** The gentlest first. */
export const rungs = ['re-sync', 'drain', 'soft-reset', 'reset-pin', 'power-cycle', 'supply-cut'] as const;
export type Rung = (typeof rungs)[number];

/** What a rung does. A bring-up follows, unless the rung was in vain. */
interface RungAct {
  /** Why it is left out on this board; undefined if it is tried. */
  readonly whySkipped: (bench: Bench) => string | undefined;
  readonly boots: boolean;
  /** @returns why it was in vain, if that is known at once */
  readonly act: (bench: Bench, signal: AbortSignal | undefined) => Promise<string | undefined | void>;
}

/** `AT` is answered within 300 ms (AT manual §1); three times that. */
export const PROBE_MS = 1_000;
/** VDD_EXT falls 1.02 s after AT+QPOWD=0 (BC26.md §1): the sense line of a silent module is read after this time. */
const POWER_OFF_MS = 1_500;

const CANNOT = 'this board cannot';

const always = (): undefined => undefined;

export const rungActs: Record<Rung, RungAct> = {
  're-sync': { whySkipped: always, boots: false, act: () => Promise.resolve() },
  drain: {
    whySkipped: always,
    boots: false,
    // ESC ends a prompt, CR a half-sent line; what comes back is read and dropped.
    act: async ({ at }, signal) => {
      await at.transmit(Buffer.from('\u001b\r'), { finals: 0, quietMs: 200, deadlineMs: PROBE_MS, signal });
    },
  },
  'soft-reset': {
    whySkipped: always,
    boots: true,
    act: async (bench, signal) => void (await answersOk(bench, 'AT+QRST=1', signal)),
  },
  'reset-pin': {
    whySkipped: ({ control }) => (control.capabilities.reset ? undefined : CANNOT),
    boots: true,
    act: ({ control }, signal) => startBoot(() => control.reset(), signal),
  },
  'power-cycle': {
    // Without a sense line, cutting the supply is the safer way.
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
 * Off by command, on by the power key. What a pulse on PWRKEY does to a running module is not documented: the
 * manuals call it power-on only, a preliminary one on/off, and the firmware knows a long press (BC26.md §1). So the
 * key is pressed only if the module is known to be off: by the sense line, or silent after it answered AT+QPOWD=0
 * with OK. A module that did not answer and has no sense line is taken to run.
 */
async function powerCycle(bench: Bench, signal: AbortSignal | undefined): Promise<string | undefined> {
  const { clock, control } = bench;
  const isObeying = await answersOk(bench, 'AT+QPOWD=0', signal);
  if (isObeying) await waitUntilOff(bench, signal);
  else {
    await pause(clock, POWER_OFF_MS, signal);
    const powered = await control.powered();
    if (powered !== false) return `it did not obey AT+QPOWD=0 and ${powered ? 'runs' : 'may run'}`;
  }
  await startBoot(() => control.powerKey(), signal);
  return undefined;
}

/** Whether the command is answered OK; silence is no error. */
async function answersOk({ at }: Bench, command: string, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    return (await at.send(command, { deadlineMs: PROBE_MS, signal })).final.kind === 'OK';
  } catch (error) {
    if (isSilence(error)) return false;
    throw error;
  }
}

/**
 * Switches off a module that must not be booted.
 * @returns how, or why it was not possible, in words
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

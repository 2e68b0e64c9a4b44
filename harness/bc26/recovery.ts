import { toNs } from '../base/clock.ts';
import { hasCode, HilError } from '../base/error.ts';
import type { Bench } from './bench.ts';
import { bringUp } from './bring-up.ts';
import { pause } from './pause.ts';
import { isSilence, probe } from './probe.ts';
import { raise } from './raise.ts';

/** The rungs of the ladder, the gentlest first. */
export const rungs = ['re-sync', 'drain', 'soft-reset', 'reset-pin', 'power-cycle', 'supply-cut'] as const;
export type Rung = (typeof rungs)[number];

/** One rung as it went, for the record. */
export interface RungTried {
  readonly rung: Rung;
  /** Whether the module answered afterwards. */
  readonly helped: boolean;
  /** Why it did not, or was not tried. */
  readonly reason?: string;
}

/** An answer to `AT` comes within 300 ms (AT manual §1); thrice that. */
const PROBE_MS = 1_000;
/** VDD_EXT falls 1.02 s after AT+QPOWD=0 (bc26-module.md §1); a wedged module is not asked whether it has. */
const POWER_OFF_MS = 1_500;

type Act = (bench: Bench, signal: AbortSignal | undefined) => Promise<void>;

/** What each rung does to a module that does not answer; those that boot it are followed by a bring-up. */
const acts: Record<
  Rung,
  { readonly can: (bench: Bench) => boolean; readonly boots: boolean; readonly act: Act }
> = {
  're-sync': { can: () => true, boots: false, act: () => Promise.resolve() },
  drain: {
    can: () => true,
    boots: false,
    // A lone CR ends a half-typed line, ESC a prompt; what comes of it is drained.
    act: async ({ at }, signal) => {
      await at.transmit(Buffer.from('\u001b\r'), { finals: 0, quietMs: 200, deadlineMs: PROBE_MS, signal });
    },
  },
  'soft-reset': {
    can: () => true,
    boots: true,
    act: async ({ at }, signal) => {
      await tolerate(at.send('AT+QRST=1', { deadlineMs: PROBE_MS, signal }));
    },
  },
  'reset-pin': {
    can: ({ control }) => control.capabilities.reset,
    boots: true,
    act: ({ control }, signal) => raise(() => control.reset(), signal),
  },
  'power-cycle': {
    can: ({ control }) => control.capabilities.powerKey,
    boots: true,
    act: async ({ at, clock, control }, signal) => {
      await tolerate(at.send('AT+QPOWD=0', { deadlineMs: PROBE_MS, signal }));
      await pause(clock, POWER_OFF_MS, signal);
      // No power-key pulse on a running module: it is no documented input then (bc26-module.md §1).
      if ((await control.powered()) !== true) await raise(() => control.powerKey(), signal);
    },
  },
  'supply-cut': {
    can: ({ control }) => control.capabilities.supplyCut,
    boots: true,
    act: async ({ control }, signal) => {
      await control.off();
      await raise(() => control.on(), signal);
    },
  },
};

async function tolerate(sent: Promise<unknown>): Promise<void> {
  try {
    await sent;
  } catch (error) {
    if (!isSilence(error)) throw error;
  }
}

/**
 * Brings a module that stopped answering back, by the gentlest means that helps. Each rung stands on the time
 * line, with the reason for all of it.
 * @param reason why the module is taken to be in trouble
 * @returns the rungs tried, the last of which helped
 * @throws MODULE_DEAD when none did, the reason as its cause; and what a control or port that fails rejects with
 */
export async function recover(
  bench: Bench,
  reason: HilError,
  signal?: AbortSignal,
): Promise<readonly RungTried[]> {
  const tried: RungTried[] = [];
  const announced = bench.at.expectBoot();
  try {
    for (const rung of rungs) {
      const outcome = acts[rung].can(bench) ? await climb(bench, rung, signal) : notWired(rung);
      tried.push(outcome);
      bench.trace.write('note', bench.clock.now(), { kind: 'recovery', ...outcome, because: reason.code });
      if (outcome.helped) return tried;
    }
  } finally {
    announced();
  }
  throw new HilError(
    'MODULE_DEAD',
    `the module on ${bench.port.path} answers nothing any more: ${ladderOf(tried)}`,
    {
      cause: reason,
      remedy: 'see to the board by hand; `doctor` says what of it works',
    },
  );
}

const notWired = (rung: Rung): RungTried => ({ rung, helped: false, reason: 'this board cannot' });

/** The rungs in one line. */
export const ladderOf = (tried: readonly RungTried[]): string =>
  tried
    .map(({ rung, helped, reason }) => `${rung} ${helped ? 'helped' : (reason ?? 'did not help')}`)
    .join(', ');

async function climb(bench: Bench, rung: Rung, signal: AbortSignal | undefined): Promise<RungTried> {
  const { act, boots } = acts[rung];
  const trigger = bench.clock.now();
  try {
    await act(bench, signal);
    // After a restart everything a boot forgets is set again; a module that only fell silent needs no more.
    if (boots) await bringUp({ ...bench, timing: patient(bench) }, trigger, signal);
    else if (!(await answers(bench, signal))) return { rung, helped: false };
    return { rung, helped: true };
  } catch (error) {
    if (!isSilence(error) && !hasCode(error, 'BOOT_TIMEOUT')) throw error;
    return { rung, helped: false, reason: error.code };
  }
}

/** A rung that has not helped within the soft deadline leaves the rest of the time to the next. */
const patient = ({ timing }: Bench): Bench['timing'] => ({
  ...timing,
  hardMs: Math.min(timing.hardMs, timing.softMs),
});

/** The first `AT` may be eaten (bc26-module.md §8). */
const answers = async ({ at, clock, timing }: Bench, signal: AbortSignal | undefined): Promise<boolean> => {
  const until = clock.now() + toNs(timing.hardMs);
  for (let probes = 0; probes < 2 && clock.now() < until; probes++) {
    if ((await probe(at, PROBE_MS, signal)).kind === 'answered') return true;
  }
  return false;
};

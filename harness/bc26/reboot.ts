import { toMs, toNs } from '../base/clock.ts';
import { HilError } from '../base/error.ts';
import type { Bench } from './bench.ts';
import { type BootWatch, watchBoots } from './boots.ts';
import { bringUp } from './bring-up.ts';
import { type Identity, requireSameIdentity } from './identity.ts';
import { abortError, pause } from './pause.ts';
import { powerOff } from './power-off.ts';
import { type RebootKind, whyNoReboot } from './reboot-kinds.ts';
import { type BootsBefore, ensureRestarted } from './restarted.ts';
import { softReset } from './soft-reset.ts';
import { startBoot } from './start-boot.ts';

export type { RebootKind } from './reboot-kinds.ts';

/** What a reboot starts from. */
interface RebootPlan {
  /** Who the module was before. */
  readonly identity: Identity;
  /** When the last answer had arrived, ns: a supply cut is timed from there. */
  readonly lastAnswerAt: bigint;
  /** For `supply-cut`: how long after the last answer the supply is cut, ms. */
  readonly cutAfterMs: number;
  readonly before: BootsBefore;
  readonly signal?: AbortSignal;
}

export interface Rebooted {
  readonly kind: RebootKind;
  /** The moment just before the boot was started, ns. */
  readonly startedAt: bigint;
  /**
   * From when on all that the module does is of its new life, ns: the first byte of the boot text, or `startedAt` where
   * none was seen. Until a command takes effect the module goes on with the life before.
   */
  readonly begunAt: bigint;
  /**
   * From the trigger to the first OK, ms. The trigger is the moment just before the command was sent or the
   * control was told to act, so the figure holds the pulse of the key or the pin.
   */
  readonly bootMs: number;
  /**
   * How many boot texts were seen between the trigger and the idle line. A module boots once (BOOT-ALIVE): more
   * is its failure, for the caller to judge; 0 is a firmware that prints none, another baud rate, or a text that came
   * while the adapter was away.
   */
  readonly boots: number;
  /**
   * For `supply-cut`: between which moments the supply went, ms after the last answer: when the control was told to
   * cut, and when it said that it had. In between lie a program's start, a slow switch, and the driver's wait for the
   * discharge: what is known of the cut is no more than that.
   */
  readonly cutBetweenMs?: readonly [told: number, done: number];
}

/** What starts a boot: acts, and says when it did. */
interface Start {
  readonly trigger: bigint;
  readonly cutBetweenMs?: Rebooted['cutBetweenMs'];
}

const starts: Record<RebootKind, (bench: Bench, plan: RebootPlan, boots: BootWatch) => Promise<Start>> = {
  soft: async (bench, { signal }, boots) => ({ trigger: await softReset(bench, boots, signal) }),

  'reset-pin': async ({ clock, control }, { signal }) => {
    const trigger = clock.now();
    await startBoot(() => control.reset(), signal);
    return { trigger };
  },

  'power-cycle': async (bench, { signal }) => {
    await powerOff(bench, signal);
    const { clock, control } = bench;
    if (!control.capabilities.powerKey) await control.off();
    const trigger = clock.now();
    await startBoot(() => (control.capabilities.powerKey ? control.powerKey() : control.on()), signal);
    return { trigger };
  },

  'supply-cut': async ({ clock, control }, { lastAnswerAt, cutAfterMs, signal }) => {
    const rest = toMs(lastAnswerAt + toNs(cutAfterMs) - clock.now());
    if (rest > 0) await pause(clock, rest, signal);
    if (signal?.aborted) throw abortError('the supply cut', signal);
    const told = clock.now();
    await control.off();
    const trigger = clock.now();
    await startBoot(() => control.on(), signal);
    return { trigger, cutBetweenMs: [toMs(told - lastAnswerAt), toMs(trigger - lastAnswerAt)] };
  },
};

/**
 * Reboots the module and brings it up again. The boot is announced to the AT client, so that it is no error.
 * @throws CONTROL_FAILED when the board cannot do it (`whyNoReboot` tells before); AT_REFUSED when the module refuses
 *   the command; BOOT_TIMEOUT when it does not come back; POWER_OFF_TIMEOUT when it does not switch off;
 *   IDENTITY_MISMATCH when another module comes back; NOT_RESTARTED when the wiring changed nothing
 */
export async function reboot(bench: Bench, kind: RebootKind, plan: RebootPlan): Promise<Rebooted> {
  const reason = whyNoReboot(kind, bench.control.capabilities);
  if (reason) {
    throw new HilError('CONTROL_FAILED', `a reboot of the kind ${kind} was asked for, but ${reason}`, {
      remedy: 'wire it and name it in the rig file, or leave out what needs it',
    });
  }
  const announced = bench.at.expectBoot();
  const boots = watchBoots(bench.at);
  try {
    const { trigger, ...facts } = await starts[kind](bench, plan, boots);
    const actMs = toMs(bench.clock.now() - trigger);
    const { bootMs, identity } = await bringUp(bench, trigger, plan.signal);
    requireSameIdentity(plan.identity, identity);
    const seen = { kind, bootMs, boots: boots.seen.length };
    ensureRestarted(bench, { ...seen, silentMs: bootMs - actMs }, plan.before);
    return { ...seen, startedAt: trigger, begunAt: boots.seen[0]?.at ?? trigger, ...facts };
  } finally {
    boots.end();
    announced();
  }
}

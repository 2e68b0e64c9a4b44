import { toMs, toNs } from '../base/clock.ts';
import { HilError } from '../base/error.ts';
import type { Bench } from './bench.ts';
import { type BootWatch, watchBoots } from './boots.ts';
import type { Identity } from './identity.ts';
import { abortError, pause } from './pause.ts';
import { awaitSilence, notSilenced, powerOff } from './power-off.ts';
import { type RebootKind, whyNoReboot } from './reboot-kinds.ts';
import { type BootsBefore, bringUpRestarted } from './restarted.ts';
import { softReset } from './soft-reset.ts';
import { bootStarted, startBoot, untilRebootAllowed } from './start-boot.ts';

export type { RebootKind } from './reboot-kinds.ts';

interface RebootPlan {
  readonly identity: Identity;
  /** What a supply cut is timed from, ns: the arrival of the last answer, or a moment of the caller's. */
  readonly cutSince: bigint;
  /** For `supply-cut`: how long after that the supply is cut, ms; negative: before it. */
  readonly cutAfterMs: number;
  /** Called once the supply was cut, before the module is asked: an answer that is still awaited will not come. */
  readonly onCut?: (() => void) | undefined;
  readonly before: BootsBefore;
  readonly signal?: AbortSignal;
}

export interface Rebooted {
  readonly kind: RebootKind;
  /** The moment just before the boot was started, ns. */
  readonly startedAt: bigint;
  /**
   * The first byte of the boot text, ns; `startedAt` where none was seen. Between `startedAt` and this moment the
   * module may still do what it did before the reboot.
   */
  readonly begunAt: bigint;
  /**
   * From the trigger to the first OK, ms. The trigger is the moment just before the command was sent or the control
   * was called, so the pulse of the key or the pin is included.
   */
  readonly bootMs: number;
  /** From the trigger until the module had named itself, ms. */
  readonly namedMs: number;
  /**
   * How many boot texts were seen between the trigger and the idle line. More than one is a failure of the module
   * (BOOT-ALIVE), which the caller judges. 0: the firmware prints none, or at another baud rate, or the text came while
   * the adapter was away.
   */
  readonly boots: number;
  /**
   * For `supply-cut`: the supply went between these two moments, ms after what it is timed from (by default the last answer): the control was called, and
   * the module was asked and stayed silent, at once after the control had returned. Between them lie the start of a
   * program, a slow switch, and the driver's wait for the discharge.
   */
  readonly cutBetweenMs?: readonly [called: number, silent: number];
}

interface BootStart {
  readonly trigger: bigint;
  readonly cutBetweenMs?: Rebooted['cutBetweenMs'];
}

const starts: Record<RebootKind, (bench: Bench, plan: RebootPlan, boots: BootWatch) => Promise<BootStart>> = {
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

  'supply-cut': async (bench, { cutSince, cutAfterMs, onCut, signal }) => {
    const { clock, control } = bench;
    const rest = toMs(cutSince + toNs(cutAfterMs) - clock.now());
    if (rest > 0) await pause(clock, rest, signal);
    if (signal?.aborted) throw abortError('the supply cut', signal);
    const calledAt = clock.now();
    await control.off();
    onCut?.();
    const { sign, askedAt } = await awaitSilence(bench, 1, signal);
    if (sign !== undefined) throw notSilenced(bench, sign);
    const trigger = clock.now();
    await startBoot(() => control.on(), signal);
    return { trigger, cutBetweenMs: [toMs(calledAt - cutSince), toMs(askedAt - cutSince)] };
  },
};

/**
 * Reboots the module and brings it up again, no sooner than the rig file allows (`untilRebootAllowed`). The boot is
 * announced to the AT client, so it is no error.
 * @throws CONTROL_FAILED if the board cannot do it (ask `whyNoReboot` first); AT_REFUSED if the module refuses the
 *   command; BOOT_TIMEOUT if it does not come back; POWER_OFF_TIMEOUT if it does not switch off; IDENTITY_MISMATCH if
 *   another module comes back; NOT_SILENCED or NOT_RESTARTED if the wiring did not switch it off or restart it
 */
export async function reboot(bench: Bench, kind: RebootKind, plan: RebootPlan): Promise<Rebooted> {
  const reason = whyNoReboot(kind, bench.control.capabilities);
  if (reason) {
    throw new HilError('CONTROL_FAILED', `a reboot of the kind ${kind} was asked for, but ${reason}`, {
      remedy: 'wire it and name it in the rig file, or do not run what needs it',
    });
  }
  const wait = untilRebootAllowed(bench, plan.signal);
  if (wait) await wait;
  const endExpectedBoot = bench.at.expectBoot();
  const boots = watchBoots(bench.at);
  try {
    const { trigger, ...cut } = await starts[kind](bench, plan, boots);
    bootStarted(bench, trigger);
    const seen = await bringUpRestarted(bench, kind, { ...plan, trigger, boots });
    return { kind, ...seen, startedAt: trigger, begunAt: boots.seen[0]?.at ?? trigger, ...cut };
  } finally {
    boots.end();
    endExpectedBoot();
  }
}

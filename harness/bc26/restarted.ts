import { toMs } from '../base/clock.ts';
import { hasCode, HilError } from '../base/error.ts';
import { type Bench, retryMsOf } from './bench.ts';
import type { BootWatch } from './boots.ts';
import { bringUp } from './bring-up.ts';
import { type Identity, requireSameIdentity } from './identity.ts';
import type { RebootKind } from './reboot-kinds.ts';

export interface BootsBefore {
  /** Whether a boot text was seen: then this firmware prints one, at a baud rate we can read. */
  readonly text: boolean;
  /** From the trigger of a boot to the first OK, ms; undefined before the first boot. */
  readonly bootMs: number | undefined;
}

interface Attempted {
  readonly kind: RebootKind;
  readonly boots: number;
  /** From the trigger to the first OK, ms; includes the pulse and the run time of the control's program. */
  readonly bootMs: number;
  /** From the return of the control to the first OK, ms. */
  readonly silentMs: number;
}

interface Starting {
  readonly identity: Identity;
  readonly before: BootsBefore;
  /** The moment just before the boot was started, ns. */
  readonly trigger: bigint;
  /** The boots since then. */
  readonly boots: BootWatch;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Brings a module up that the wiring has just started (call it when the control has acted), and checks that it was
 * restarted and is still the same module.
 * @throws NOT_RESTARTED; IDENTITY_MISMATCH; the errors of `bringUp`
 */
export async function bringUpRestarted(
  bench: Bench,
  kind: RebootKind,
  { identity, before, trigger, boots, signal }: Starting,
): Promise<{ readonly bootMs: number; readonly namedMs: number; readonly boots: number }> {
  const actMs = toMs(bench.clock.now() - trigger);
  try {
    const found = await bringUp(bench, trigger, signal);
    requireSameIdentity(identity, found.identity);
    const seen = { bootMs: found.bootMs, namedMs: found.namedMs, boots: boots.seen.length };
    ensureRestarted(bench, { kind, ...seen, silentMs: found.bootMs - actMs }, before);
    return seen;
  } catch (error) {
    if (!hasCode(error, 'BOOT_TIMEOUT') || boots.seen.length > 0) throw error;
    throw await blameForSilence(bench, kind, error);
  }
}

/** The boots of one module take about the same time; a module that was not restarted answers at once. */
const leastShare = 0.5;

/** A running module has answered `AT` within this time, ms: the first may be lost (BC26.md §8). */
const atOnceMs = (bench: Bench): number => 2 * retryMsOf(bench);

/**
 * What the start of a session shows for later boots. Without a boot text and with an answer at once, the module was
 * running already: nothing is known then.
 */
export function bootsSeen(
  bench: Bench,
  { boots, bootMs = 0 }: { readonly boots: number; readonly bootMs: number | undefined },
): BootsBefore {
  const booted = boots > 0 || bootMs >= atOnceMs(bench);
  return { text: boots > 0, bootMs: booted ? bootMs : undefined };
}

/**
 * Checks that the wiring has restarted the module: a module that was not restarted would pass every clause on reboots.
 * A soft reset is checked where it is commanded (`soft-reset.ts`).
 * @throws NOT_RESTARTED
 */
export function ensureRestarted(bench: Bench, attempted: Attempted, before: BootsBefore): void {
  const { kind, silentMs } = attempted;
  if (kind === 'soft' || hasRestarted(bench, attempted, before)) return;
  throw notRestarted(bench, kind, `no boot text, and AT is answered ${Math.round(silentMs)} ms after it`);
}

function notRestarted(
  { port }: Bench,
  kind: Exclude<RebootKind, 'soft'>,
  found: string,
  cause?: HilError,
): HilError {
  const [act, remedy] = wordsFor[kind];
  return new HilError('NOT_RESTARTED', `the ${act} does not restart the module on ${port.path}: ${found}`, {
    remedy,
    cause,
  });
}

/**
 * Who failed when a module stays silent after the wiring should have started it. Its ROM prints a boot text whatever the
 * firmware does (BC26.md §2), and VDD_EXT rises when it starts: with neither, it was not started, and the rig failed.
 * @param error the BOOT_TIMEOUT of a boot without any boot text
 * @returns NOT_RESTARTED, or `error` itself where the sense line says that the module is on
 */
async function blameForSilence(bench: Bench, kind: RebootKind, error: HilError): Promise<HilError> {
  if (kind === 'soft') return error;
  const powered = await bench.control.powered();
  if (powered === true) return error;
  const sensed = powered === false ? ', and the sense line (control.powered) says off' : '';
  return notRestarted(bench, kind, `neither boot text nor answer came after it${sensed}`, error);
}

/**
 * A boot text proves a restart; if this firmware prints one, nothing else does. If it prints none, or if the text may
 * have come while the adapter was away (`Bench.reopens`), a silence proves it: one that lasts longer than a running
 * module is silent, or one that may have passed while the control acted.
 */
function hasRestarted(
  bench: Bench,
  { kind, boots, bootMs, silentMs }: Attempted,
  before: BootsBefore,
): boolean {
  if (boots > 0) return true;
  const mayBeLost = bench.reopens === true && cutsSupply(bench, kind);
  if (before.text && !mayBeLost) return false;
  if (silentMs >= atOnceMs(bench)) return true;
  return bootMs >= (before.bootMs === undefined ? atOnceMs(bench) : leastShare * before.bootMs);
}

const cutsSupply = ({ control }: Bench, kind: RebootKind): boolean =>
  kind === 'supply-cut' || (kind === 'power-cycle' && !control.capabilities.powerKey);

export const resetRemedy =
  'check that the reset line is wired to pin 15, its polarity, and that the pulse lasts at least 50 ms';

const wordsFor: Readonly<Record<Exclude<RebootKind, 'soft'>, readonly [act: string, remedy: string]>> = {
  'reset-pin': ['reset', resetRemedy],
  'power-cycle': [
    'power cycle',
    'check the sense line (control.powered: pin and polarity): it must not read as off while the module runs',
  ],
  'supply-cut': [
    'supply cut',
    'check the channel of the switch, the wiring, a second supply (USB, debug UART), and the discharge time',
  ],
};

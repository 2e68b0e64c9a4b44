import { HilError } from '../base/error.ts';
import type { Bench } from './bench.ts';
import type { RebootKind } from './reboot-kinds.ts';

/** What the boots of a session showed so far. */
export interface BootsBefore {
  /** Whether a boot text was seen: then this firmware prints one, at a baud rate that is understood. */
  readonly text: boolean;
  /** From the trigger of a boot to the first OK, ms; undefined where no boot was seen yet. */
  readonly bootMs: number | undefined;
}

/** A reboot, as far as it shows whether there was one. */
interface Attempted {
  readonly kind: RebootKind;
  readonly boots: number;
  /** From the trigger to the first OK, ms: it holds the pulse, and the time its program took. */
  readonly bootMs: number;
  /** From the moment the control had acted to the first OK, ms. */
  readonly silentMs: number;
}

/** Boots of one module take much the same time; a module that nothing was done to answers at once. */
const leastShare = 0.5;

/** Within this time a module that runs has answered `AT`, ms: the first may be eaten (BC26.md §8). */
const atOnceMs = ({ timing }: Bench): number => 2 * timing.retryMs;

/**
 * What the first boot of a session says of later ones. Where no text was seen and `AT` was answered at once, the module
 * was found running, and nothing is known.
 */
export function bootsSeen(
  bench: Bench,
  { boots, bootMs = 0 }: { readonly boots: number; readonly bootMs: number | undefined },
): BootsBefore {
  const booted = boots > 0 || bootMs >= atOnceMs(bench);
  return { text: boots > 0, bootMs: booted ? bootMs : undefined };
}

/**
 * Makes sure that the wiring has restarted the module: one that only went on answering would pass whatever is judged
 * of a reboot. A soft reset is the module's own doing, and is seen to where it is commanded (`soft-reset.ts`).
 * @throws NOT_RESTARTED, the rig's
 */
export function ensureRestarted(bench: Bench, attempted: Attempted, before: BootsBefore): void {
  const { kind, silentMs } = attempted;
  if (kind === 'soft' || restarted(bench, attempted, before)) return;
  const [act, remedy] = acts[kind];
  const found = `no boot text, and AT is answered ${Math.round(silentMs)} ms after it`;
  throw new HilError(
    'NOT_RESTARTED',
    `the ${act} does not restart the module on ${bench.port.path}: ${found}`,
    { remedy },
  );
}

/**
 * A boot text proves it; where this firmware prints one, nothing else does. Where it prints none, or where it may have
 * come while the adapter was away (`Bench.reopens`), silence does: for longer than a module that runs is silent, or
 * hidden in the time that the control took to act.
 */
function restarted(bench: Bench, { kind, boots, bootMs, silentMs }: Attempted, before: BootsBefore): boolean {
  if (boots > 0) return true;
  const mayBeLost = bench.reopens === true && cutsSupply(bench, kind);
  if (before.text && !mayBeLost) return false;
  if (silentMs >= atOnceMs(bench)) return true;
  return bootMs >= (before.bootMs === undefined ? atOnceMs(bench) : leastShare * before.bootMs);
}

const cutsSupply = ({ control }: Bench, kind: RebootKind): boolean =>
  kind === 'supply-cut' || (kind === 'power-cycle' && !control.capabilities.powerKey);

const acts: Readonly<Record<Exclude<RebootKind, 'soft'>, readonly [act: string, remedy: string]>> = {
  'reset-pin': [
    'reset',
    'is the reset line wired, to pin 15, with the right polarity, and the pulse 50 ms at least?',
  ],
  'power-cycle': [
    'power cycle',
    'check the sense line (control.powered: pin and polarity): it must not say off of a module that runs',
  ],
  'supply-cut': [
    'supply cut',
    'check the channel of the switch, the wiring, a second supply (USB, debug UART), and the time to discharge',
  ],
};

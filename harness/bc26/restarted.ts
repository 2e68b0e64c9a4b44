import { HilError } from '../base/error.ts';
import { type Bench, retryMsOf } from './bench.ts';
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
  const [act, remedy] = wordsFor[kind];
  const found = `no boot text, and AT is answered ${Math.round(silentMs)} ms after it`;
  throw new HilError(
    'NOT_RESTARTED',
    `the ${act} does not restart the module on ${bench.port.path}: ${found}`,
    { remedy },
  );
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

const wordsFor: Readonly<Record<Exclude<RebootKind, 'soft'>, readonly [act: string, remedy: string]>> = {
  'reset-pin': [
    'reset',
    'check that the reset line is wired to pin 15, its polarity, and that the pulse lasts at least 50 ms',
  ],
  'power-cycle': [
    'power cycle',
    'check the sense line (control.powered: pin and polarity): it must not read as off while the module runs',
  ],
  'supply-cut': [
    'supply cut',
    'check the channel of the switch, the wiring, a second supply (USB, debug UART), and the discharge time',
  ],
};

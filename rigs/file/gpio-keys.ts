import { z } from 'zod';

/**
 * The level of this machine's pin that presses the key, switches the supply on, or means "powered". With a transistor
 * in between, `high` presses an active-low key.
 */
const active = z.enum(['high', 'low']);

const lineKeys = {
  /** The BCM number: the line's offset on its chip. */
  bcm: z.int().min(0).max(1023).optional(),
  /** The label of the chip; by default the chip of the 40-pin header. */
  chip: z.string().min(1).max(128).optional(),
  /** The kernel's global line number, instead of `bcm` and `chip`. */
  sysfs: z.int().min(0).max(100_000).optional(),
  active,
};

/** ms; longer than any sequence needs, and short enough for a person to wait. */
const longest = 60_000;

/** The keys of `driver: onoff` and `driver: gpioset`. Limits of pulses: BC26.md §1. */
const gpioKeys = {
  powerKey: z
    .strictObject({
      ...lineKeys,
      /** The module needs 500 ms; an older document says 300 ms. */
      pulseMs: z.int().min(500).max(longest).default(600),
    })
    .optional(),
  reset: z
    .strictObject({
      ...lineKeys,
      /** At least 50 ms; no maximum is documented. */
      pulseMs: z.int().min(50).max(longest).default(100),
    })
    .optional(),
  supply: z
    .strictObject({
      ...lineKeys,
      /** The time the bulk capacitors need to discharge: one or two seconds on most boards. */
      offMs: z.int().min(100).max(longest).default(2_000),
      /** The time the supply needs to be stable. No document gives a figure; 100 ms is common practice. */
      settleMs: z.int().min(0).max(longest).default(100),
      atRest: z.enum(['off', 'on']).default('off'),
    })
    .optional(),
  powered: z.strictObject(lineKeys).optional(),
};

export const onoffControl = z.strictObject({ driver: z.literal('onoff'), ...gpioKeys });
export const gpiosetControl = z.strictObject({ driver: z.literal('gpioset'), ...gpioKeys });

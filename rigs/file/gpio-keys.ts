import { z } from 'zod';

/** The level at the pin of this machine that does it: with a transistor in between, high presses an active-low key. */
const active = z.enum(['high', 'low']);

const lineKeys = {
  /** The BCM number: the line's offset on its chip. */
  bcm: z.int().min(0).max(1023).optional(),
  /** The label of the chip; without it that of the 40-pin header. */
  chip: z.string().min(1).max(128).optional(),
  /** The kernel's global number, for a line that has no other name. */
  sysfs: z.int().min(0).max(100_000).optional(),
  active,
};

/** Longer than any sequence needs, and shorter than a person waits. */
const longest = 60_000;

/** What `driver: onoff` and `driver: gpioset` have in common. Limits of pulses: BC26.md §1. */
const gpioKeys = {
  powerKey: z
    .strictObject({
      ...lineKeys,
      /** The module takes 500 ms for a press; an older document says 300 ms. */
      pulseMs: z.int().min(500).max(longest).default(600),
    })
    .optional(),
  reset: z
    .strictObject({
      ...lineKeys,
      /** 50 ms at least, no maximum documented. */
      pulseMs: z.int().min(50).max(longest).default(100),
    })
    .optional(),
  supply: z
    .strictObject({
      ...lineKeys,
      /** Until the bulk capacitors are empty: a second or two on most boards. */
      offMs: z.int().min(100).max(longest).default(2_000),
      /** Until the supply may be relied on: no document says; 100 ms is the usual care. */
      settleMs: z.int().min(0).max(longest).default(100),
      atRest: z.enum(['off', 'on']).default('off'),
    })
    .optional(),
  powered: z.strictObject(lineKeys).optional(),
};

export const onoffControl = z.strictObject({ driver: z.literal('onoff'), ...gpioKeys });
export const gpiosetControl = z.strictObject({ driver: z.literal('gpioset'), ...gpioKeys });

/**
 * How long to wait for close() of a serial device, ms. It can wait for the output queue (30 s in many drivers,
 * `closing_wait`) or forever, and must not delay the end of a run.
 */
export const closeLimitMs = 2_000;

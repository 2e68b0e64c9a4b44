/**
 * close() of a serial device can wait for its output queue (30 s in many drivers, `closing_wait`) or for ever;
 * a run's end does not wait with it.
 */
export const closeLimitMs = 2_000;

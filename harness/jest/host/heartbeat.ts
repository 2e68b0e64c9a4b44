/** How often the Jest child says that it lives, ms. */
export const BEAT_EVERY_MS = 5_000;

/** A message by which the supervisor knows that this process's event loop turns. */
export const beat = { alive: true } as const;

/** Sends a sign of life over the channel to the supervisor until the returned function is called. */
export function startHeartbeat(send: (message: typeof beat) => unknown): () => void {
  const timer = setInterval(() => send(beat), BEAT_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

import type { Clock } from './clock.ts';

/**
 * Waits up to `ms` for `promise` to settle, either way; resolves with whether it did. For ending things, where a
 * failure leaves nothing else to do.
 */
export async function waitToSettle(promise: Promise<unknown>, ms: number, clock: Clock): Promise<boolean> {
  let cancel = (): void => {};
  const late = new Promise<boolean>((resolve) => {
    cancel = clock.after(ms, () => resolve(false));
  });
  const settled = promise.then(
    () => true,
    () => true,
  );
  const result = await Promise.race([settled, late]);
  cancel();
  return result;
}

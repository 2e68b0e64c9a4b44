import type { Clock } from './clock.ts';

/**
 * Waits for `promise` to settle, but no longer than `ms`.
 * @returns whether it settled; its result or error is dropped
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

import type { Clock } from './clock.ts';

/**
 * Waits for `promise` to settle, either way, but no longer than `ms`: whether it did. For the waits that end
 * something, where nothing is left to be done when they fail.
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

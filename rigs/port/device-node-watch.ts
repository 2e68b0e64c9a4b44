import { existsSync, statSync, watch } from 'node:fs';
import path from 'node:path';

const inodeOf = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.ino;

/**
 * Calls `fn` at every change in the nearest folder above `file` that exists. The kernel tells (inotify, which
 * the device file systems support): no polling. Returns the function that ends it. Where watching is refused
 * (no inotify watches left), nothing is ever called.
 */
export function watchNearestFolder(file: string, fn: () => void): () => void {
  let folder = path.dirname(file);
  while (!existsSync(folder)) folder = path.dirname(folder);
  try {
    const watcher = watch(folder, { persistent: false }, () => fn());
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => {};
  }
}

/**
 * Calls `onVanished` once when the device node `file` is removed or replaced (an adapter that was plugged in
 * again is another node, perhaps under the same name). The hang-up tells the same, as a rule sooner; this one
 * stands for the drivers that leave an open descriptor silent (PI.md §3.2, "Extra watchdog").
 */
export function watchDeviceNode(file: string, onVanished: () => void): () => void {
  const inode = inodeOf(file);
  const stop = watchNearestFolder(file, () => {
    if (inodeOf(file) === inode) return;
    stop();
    onVanished();
  });
  return stop;
}

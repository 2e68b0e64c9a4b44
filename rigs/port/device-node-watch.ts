import { existsSync, statSync, watch } from 'node:fs';
import path from 'node:path';

const inodeOf = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.ino;

/**
 * Calls `onChange` at every change in the nearest existing folder above `file`, by inotify, which device file systems
 * support. If the system refuses (no inotify watches left), it is never called.
 * @returns ends the watch
 */
export function watchNearestFolder(file: string, onChange: () => void): () => void {
  let folder = path.dirname(file);
  while (!existsSync(folder)) folder = path.dirname(folder);
  try {
    const watcher = watch(folder, { persistent: false }, () => onChange());
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => {};
  }
}

/**
 * Calls `onVanished` once when the device node `file` is removed or replaced: an adapter that was plugged in again is
 * another node, perhaps with the same name. A hang-up usually reports this sooner; some drivers leave the open
 * descriptor silent (PI.md §3.2, "Extra watchdog").
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

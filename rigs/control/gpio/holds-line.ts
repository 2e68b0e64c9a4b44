import { readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/** What the kernel calls the file a claimed line is: `gpio-linehandle` in its first interface, `gpio-line` in its second. */
const lineFile = 'anon_inode:gpio-line';

/**
 * Whether a process holds a GPIO line now. The kernel hands the file out when direction and level are set
 * (drivers/gpio/gpiolib-cdev.c, linehandle_create). False for a process that is gone.
 */
export function isHoldingLine(pid: number): boolean {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).some((fd) =>
      path.basename(readlinkSync(path.join(folder, fd))).startsWith(lineFile),
    );
  } catch {
    // It ended, or closed a file while it was looked at.
    return false;
  }
}

import { readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/** The file of a claimed line: `gpio-linehandle` in the kernel's first interface, `gpio-line` in its second. */
const lineFile = 'anon_inode:gpio-line';

/**
 * Whether a process holds a GPIO line now. The kernel creates the file when direction and level are set
 * (drivers/gpio/gpiolib-cdev.c, linehandle_create). False if the process has ended.
 */
export function isHoldingLine(pid: number): boolean {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).some((fd) =>
      path.basename(readlinkSync(path.join(folder, fd))).startsWith(lineFile),
    );
  } catch {
    // It has ended, or closed a file at this moment.
    return false;
  }
}

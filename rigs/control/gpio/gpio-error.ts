import { type ErrorCode, HilError, messageOf } from '../../../harness/base/error.ts';
import { escapeText } from '../../../harness/base/escape.ts';

interface Explanation {
  readonly code: ErrorCode;
  readonly what: string;
  readonly remedy: string;
}

const denied: Explanation = {
  code: 'GPIO_DENIED',
  what: 'this user has no permission',
  remedy:
    'add the user to the group gpio (sudo usermod -aG gpio USER), then log in again or restart the CI runner service',
};

/** The kernel's errors for a line (PI.md §1.1), and what to do about each. */
const explanations: Readonly<Record<string, Explanation>> = {
  EACCES: denied,
  EPERM: denied,
  EBUSY: {
    code: 'GPIO_BUSY',
    what: 'a driver or another program holds the line',
    remedy:
      'end that program (`gpioinfo` names it), or remove the overlay that uses the line from config.txt',
  },
  EINVAL: {
    code: 'GPIO_LINE_INVALID',
    what: 'the kernel has no such line, or not this interface',
    remedy:
      'give bcm instead of sysfs, whose numbers differ between kernels; if the kernel lacks GPIO_CDEV_V1, install gpiod 2',
  },
  ENOENT: {
    code: 'GPIO_UNAVAILABLE',
    what: 'this kernel has no such file',
    remedy:
      'write `driver: gpioset` in the rig file (package gpiod): a kernel without CONFIG_GPIO_SYSFS_LEGACY has no export file',
  },
};

/** What programs print for these codes. */
const printedErrors: readonly (readonly [RegExp, string])[] = [
  [/permission denied|operation not permitted/i, 'EACCES'],
  [/device or resource busy/i, 'EBUSY'],
  [/invalid argument|out of range/i, 'EINVAL'],
  [/no such file|no such device|cannot find gpio chip/i, 'ENOENT'],
];

/** The system's error code: thrown by Node, or found in a program's output. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string')
    return error.code;
  return printedErrors.find(([pattern]) => pattern.test(messageOf(error)))?.[1];
}

/**
 * Explains why a line cannot be used: GPIO_DENIED, GPIO_BUSY, GPIO_LINE_INVALID, GPIO_UNAVAILABLE, or GPIO_FAILED for
 * an unknown reason.
 * @param doing what was tried, as in 'claim control.reset (GPIO27 of pinctrl-rp1)'
 * @param printed what a program printed, if the cause is no system error
 */
export function gpioError(doing: string, cause: unknown, printed = messageOf(cause)): HilError {
  const explanation = explanations[systemCode(cause) ?? systemCode({ message: printed }) ?? ''];
  const text = escapeText(printed.slice(0, 500));
  if (!explanation)
    return new HilError('GPIO_FAILED', `cannot ${doing}: ${text}`, {
      remedy: 'check whether the line can be driven by hand (gpioinfo, gpioset)',
      cause,
    });
  const { code, what, remedy } = explanation;
  return new HilError(code, `cannot ${doing}: ${what} (${text})`, { remedy, cause });
}

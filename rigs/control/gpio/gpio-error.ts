import { type ErrorCode, HilError, messageOf } from '../../../harness/base/error.ts';
import { escapeText } from '../../../harness/base/escape.ts';

interface Explanation {
  readonly code: ErrorCode;
  readonly what: string;
  readonly remedy: string;
}

const denied: Explanation = {
  code: 'GPIO_DENIED',
  what: 'this user may not',
  remedy:
    'add the user to the group gpio (sudo usermod -aG gpio USER), then log in again or restart the CI runner service',
};

/** What the kernel says when a line cannot be had (PI.md §1.1), and what mends it. */
const explanations: Readonly<Record<string, Explanation>> = {
  EACCES: denied,
  EPERM: denied,
  EBUSY: {
    code: 'GPIO_BUSY',
    what: 'a driver or another program holds the line',
    remedy: '`gpioinfo` names who: end that program, or take the line out of the overlays in config.txt',
  },
  EINVAL: {
    code: 'GPIO_LINE_INVALID',
    what: 'the kernel does not take it: it knows no such line, or not this interface',
    remedy:
      'give the BCM number (bcm) and not a fixed sysfs number: bases differ between kernels; with gpiod 1 tools on a kernel without GPIO_CDEV_V1, install gpiod 2',
  },
  ENOENT: {
    code: 'GPIO_UNAVAILABLE',
    what: 'this kernel has no such file',
    remedy:
      'a kernel without CONFIG_GPIO_SYSFS_LEGACY has no global export: write `driver: gpioset` (package gpiod)',
  },
};

/** The words programs print for the same codes. */
const words: readonly (readonly [RegExp, string])[] = [
  [/permission denied|operation not permitted/i, 'EACCES'],
  [/device or resource busy/i, 'EBUSY'],
  [/invalid argument|out of range/i, 'EINVAL'],
  [/no such file|no such device|cannot find gpio chip/i, 'ENOENT'],
];

/** The system's code for what went wrong: as thrown by Node, or as printed by a program. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string')
    return error.code;
  return words.find(([pattern]) => pattern.test(messageOf(error)))?.[1];
}

/**
 * What kept us from a line, explained: GPIO_DENIED, GPIO_BUSY, GPIO_LINE_INVALID, GPIO_UNAVAILABLE, or
 * GPIO_FAILED for what has no known mend.
 * @param doing what was tried, as in 'claim control.reset (GPIO27 of pinctrl-rp1)'
 * @param said what a program printed, where the cause is no system error
 */
export function gpioError(doing: string, cause: unknown, said = messageOf(cause)): HilError {
  const explanation = explanations[systemCode(cause) ?? systemCode({ message: said }) ?? ''];
  const text = escapeText(said.slice(0, 500));
  if (!explanation)
    return new HilError('GPIO_FAILED', `cannot ${doing}: ${text}`, {
      remedy: 'see whether the line can be driven by hand (gpioinfo, gpioset)',
      cause,
    });
  const { code, what, remedy } = explanation;
  return new HilError(code, `cannot ${doing}: ${what} (${text})`, { remedy, cause });
}

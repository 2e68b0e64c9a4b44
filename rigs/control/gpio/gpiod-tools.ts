import { execa } from 'execa';

import type { Clock } from '../../../harness/base/clock.ts';
import { HilError } from '../../../harness/base/error.ts';
import { escapeText } from '../../../harness/base/escape.ts';
import { waitToSettle } from '../../../harness/base/wait-to-settle.ts';
import { gpioError } from './gpio-error.ts';
import { type GpiodVersion, parseVersion } from './gpiod-commands.ts';

/** They take milliseconds; a Pi that swaps takes longer. */
const toolLimitMs = 5_000;

/** More than any chip's list is; a program that prints without end is cut. */
const outputLimit = 1_000_000;

const notInstalled = (program: string, cause: unknown): HilError =>
  new HilError('GPIO_UNAVAILABLE', `the tools of libgpiod are not all there (no ${program})`, {
    remedy: 'install them: sudo apt-get install gpiod; or write `driver: onoff`',
    cause,
  });

/**
 * What one of libgpiod's tools prints.
 * @param doing for the message: 'read control.powered (…)'
 * @throws GPIO_UNAVAILABLE when it is not installed, CONTROL_TIMEOUT after 5 s, and what `gpioError` makes of its
 *   words when it fails
 */
export async function runTool(doing: string, command: readonly string[], clock: Clock): Promise<string> {
  const [program = '', ...args] = command;
  const child = execa(program, args, { stdin: 'ignore', reject: false, maxBuffer: outputLimit });
  if (!(await waitToSettle(child, toolLimitMs, clock))) {
    child.kill('SIGKILL');
    throw new HilError('CONTROL_TIMEOUT', `cannot ${doing}: ${program} took longer than ${toolLimitMs} ms`, {
      remedy: `see whether ${program} answers when run by hand`,
    });
  }
  const { failed, stdout, stderr, code, cause } = await child;
  if (code === 'ENOENT') throw notInstalled(program, cause);
  if (failed) throw gpioError(doing, cause, stderr.trim() || `${program} failed without a word`);
  return stdout;
}

/** Which language the installed tools speak. Rejects GPIO_UNAVAILABLE where there are none, or of another kind. */
export async function readToolsVersion(clock: Clock): Promise<GpiodVersion> {
  const text = await runTool('ask gpioset for its version', ['gpioset', '--version'], clock);
  const version = parseVersion(text);
  if (version) return version;
  throw new HilError(
    'GPIO_UNAVAILABLE',
    `gpioset is of an unknown version: ${escapeText(text.slice(0, 80))}`,
    {
      remedy: 'versions 1.x and 2.x of libgpiod are known; or write `driver: onoff`',
    },
  );
}

import { execa } from 'execa';

import type { Clock } from '../../../harness/base/clock.ts';
import { HilError } from '../../../harness/base/error.ts';
import { escapeText } from '../../../harness/base/escape.ts';
import { waitToSettle } from '../../../harness/base/wait-to-settle.ts';
import { gpioError } from './gpio-error.ts';
import { type GpiodVersion, parseVersion } from './gpiod-commands.ts';

/** ms; the tools take milliseconds, longer on a Pi that swaps. */
const toolLimitMs = 5_000;

/** Characters; more than the list of any chip. */
const outputLimit = 1_000_000;

const notInstalled = (program: string, cause: unknown): HilError =>
  new HilError('GPIO_UNAVAILABLE', `this machine has no ${program}, one of the tools of libgpiod`, {
    remedy: 'install the tools: sudo apt-get install gpiod; or write `driver: onoff` in the rig file',
    cause,
  });

/**
 * Runs one of libgpiod's tools; resolves with what it prints.
 * @param doing for messages: 'read control.powered (…)'
 * @throws GPIO_UNAVAILABLE if it is not installed, CONTROL_TIMEOUT after 5 s, and the errors of `gpioError` if it fails
 */
export async function runTool(doing: string, command: readonly string[], clock: Clock): Promise<string> {
  const [program = '', ...args] = command;
  const child = execa(program, args, { stdin: 'ignore', reject: false, maxBuffer: outputLimit });
  if (!(await waitToSettle(child, toolLimitMs, clock))) {
    child.kill('SIGKILL');
    throw new HilError('CONTROL_TIMEOUT', `cannot ${doing}: ${program} took longer than ${toolLimitMs} ms`, {
      remedy: `run ${program} by hand to see why`,
    });
  }
  const { failed, stdout, stderr, code, cause } = await child;
  if (code === 'ENOENT') throw notInstalled(program, cause);
  if (failed) throw gpioError(doing, cause, stderr.trim() || `${program} failed and printed nothing`);
  return stdout;
}

/** The version of the installed tools. @throws GPIO_UNAVAILABLE if there are none, or of an unknown version */
export async function readToolsVersion(clock: Clock): Promise<GpiodVersion> {
  const text = await runTool('ask gpioset for its version', ['gpioset', '--version'], clock);
  const version = parseVersion(text);
  if (version) return version;
  throw new HilError('GPIO_UNAVAILABLE', `gpioset has an unknown version: ${escapeText(text.slice(0, 80))}`, {
    remedy: 'install version 1.x or 2.x of libgpiod; or write `driver: onoff` in the rig file',
  });
}

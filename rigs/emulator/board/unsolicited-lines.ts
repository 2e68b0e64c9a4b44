import type { Settings } from '../settings/settings.ts';
import { type NextBytes, RepeatedBytes } from './repeated-bytes.ts';

/** Lines that a running module sends by itself, at random times: also while it works on a command. */
export class UnsolicitedLines extends RepeatedBytes {
  protected override next(
    { unsolicitedMs, unsolicitedName }: Settings,
    random: () => number,
  ): NextBytes | undefined {
    if (unsolicitedMs === 0) return undefined;
    return {
      // From half to one and a half of the mean, so that no line keeps step with the commands.
      afterMs: unsolicitedMs * (0.5 + random()),
      bytes: () => Buffer.from(`\r\n${unsolicitedName}: 1\r\n`, 'latin1'),
    };
  }
}

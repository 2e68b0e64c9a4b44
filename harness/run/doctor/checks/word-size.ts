import { ok, warning } from '../findings/finding.ts';
import type { Check } from './check.ts';

const narrow: ReadonlySet<string> = new Set(['arm', 'ia32', 'mips', 'mipsel', 'ppc', 's390']);

/** Node 24 and later and current CI runners do not support 32-bit systems (PI.md §0.10). */
export const wordSize: Check = ({ arch }) => [
  narrow.has(arch)
    ? warning(
        'word-size',
        `a 32-bit system (${arch}): Node 24 does not support it, and CI runners drop it`,
        'install the 64-bit system (it runs on any Pi from the 3 on and on the Zero 2 W)',
      )
    : ok('word-size', `a 64-bit system (${arch})`),
];

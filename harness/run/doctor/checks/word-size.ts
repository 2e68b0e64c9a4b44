import { ok, warning } from '../findings/finding.ts';
import type { Check } from './check.ts';

const narrow: ReadonlySet<string> = new Set(['arm', 'ia32', 'mips', 'mipsel', 'ppc', 's390']);

/** 32-bit systems are coming to their end: no Node ≥ 24, no CI runner (PI.md §0.10). */
export const wordSize: Check = ({ arch }) => [
  narrow.has(arch)
    ? warning(
        'word-size',
        `a 32-bit system (${arch}): there is no Node 24 for it, and CI runners are giving it up`,
        'install the 64-bit system on this board (any Pi from the 3 on, and the Zero 2 W, runs it)',
      )
    : ok('word-size', `a 64-bit system (${arch})`),
];

import type { BootFacts } from '../../../reports/record/entry.ts';
import type { Bench } from '../../bc26/bench.ts';

/** What the record keeps of a boot that was brought up; ms. */
export const bootFacts = (
  { kind, bootMs, namedMs }: Pick<BootFacts, 'kind' | 'bootMs' | 'namedMs'>,
  { learned }: Pick<Bench, 'learned'>,
): BootFacts => ({
  kind,
  bootMs: Math.round(bootMs),
  namedMs: Math.round(namedMs),
  echoes: learned.echoes,
});

import type { ProofCell, Sample, Share } from './proof.ts';
import { wilson } from './wilson.ts';

/**
 * What a sample of the generated faults says: which share the suites catch, of all, by operator and by place. One that
 * stayed undecided counts as not caught.
 * @param of how many generated faults there are
 * @param drawn how many of them were drawn
 */
export function sampleOf(cells: readonly ProofCell[], { drawn, of }: Pick<Sample, 'drawn' | 'of'>): Sample {
  const generated = cells.filter(({ generated: group }) => group !== undefined);
  const by = (key: 'operator' | 'place'): Share[] =>
    [...new Set(generated.map(({ generated: group }) => group![key]))]
      .map((name) =>
        shareOf(
          name,
          generated.filter(({ generated: group }) => group![key] === name),
        ),
      )
      .sort((a, b) => a.caught / a.judged - b.caught / b.judged || (a.name < b.name ? -1 : 1));
  return { drawn, of, all: shareOf('all', generated), operators: by('operator'), places: by('place') };
}

function shareOf(name: string, cells: readonly ProofCell[]): Share {
  const caught = cells.filter(({ outcome }) => outcome === 'caught').length;
  const [low, high] = wilson(caught, cells.length);
  return { name, caught, judged: cells.length, low, high };
}

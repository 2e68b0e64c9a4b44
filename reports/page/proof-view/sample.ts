import { html, nothing, type TemplateResult } from 'lit-html';

import type { Share } from '../../proof/proof.ts';
import { shareInWords } from '../../proof/sample-text.ts';
import { table } from '../view/table.ts';
import type { ProofPageData } from './proof-data.ts';

/** Which share of the generated faults is caught, by operator and by place; nothing where none were drawn. */
export function sample({ proof }: ProofPageData): TemplateResult | typeof nothing {
  if (!proof.sample) return nothing;
  const { drawn, of, all, operators, places } = proof.sample;
  return html`<section id="sample" aria-labelledby="sample-title">
    <h2 id="sample-title">Sample <span class="n">${drawn}</span></h2>
    <p class="hint">
      Of ${drawn} generated faults, drawn from ${of}, the suites caught
      ${all.judged === 0 ? 'none: none was judged' : shareInWords(all)}.
    </p>
    ${shares('Operator', operators)} ${shares('Place', places)}
  </section>`;
}

/** Those of which most were missed first, as the proof has them. */
const shares = (what: string, all: readonly Share[]): TemplateResult =>
  table(
    [what, 'caught'],
    all.map((share) => [share.name, shareInWords(share)]),
    'None was judged.',
  );

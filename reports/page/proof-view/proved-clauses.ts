import { html, nothing, type TemplateResult } from 'lit-html';

import { type Address, goTo } from '../view/address.ts';
import { choice } from '../view/filter-fields.ts';
import { coded, counted, statuses } from '../view/text.ts';
import type { ProofPageData, ProvedClause } from './proof-data.ts';

const isIdle = ({ failedUnder, settling }: ProvedClause): boolean =>
  failedUnder.length === 0 && settling === undefined;

/** The place of a clause in the list: what nothing has shown to work comes first. */
const rank = (clause: ProvedClause): number => (isIdle(clause) ? 0 : clause.settling ? 1 : 2);

/** Which clauses are to be shown, by what the proof found of them. */
const kinds: Readonly<Record<string, { words: string; is: (clause: ProvedClause) => boolean }>> = {
  idle: { words: 'idle: no fault failed it', is: isIdle },
  unsettled: { words: 'not settled: the runs ended before', is: ({ settling }) => settling !== undefined },
  thin: { words: 'thin: one fault failed it', is: ({ failedUnder }) => failedUnder.length === 1 },
  unbroken: { words: 'no fault is said to break it', is: ({ brokenBy }) => brokenBy.length === 0 },
};

/** The clauses with the faults that failed them: first those that nothing has shown to work. */
export function provedClauses({ clauses, proof }: ProofPageData, address: Address): TemplateResult {
  const kind = kinds[address.status];
  const rows = clauses.filter((clause) => !kind || kind.is(clause)).sort((a, b) => rank(a) - rank(b));
  return html`<section id="clauses" aria-labelledby="clauses-title">
    <h2 id="clauses-title">Clauses <span class="n">${clauses.length}</span></h2>
    <p class="hint">
      An idle clause is one that no fault failed: nothing shows that its tests can fail. A run ends once its
      fault is caught: a clause that no run had failed by then is not settled.
      ${proof.matrix === null ? 'Only some firmwares were judged, so that clauses they do not concern are left out.' : nothing}
    </p>
    <form class="filter" @submit=${(event: Event) => event.preventDefault()}>
      ${choice(
        'Show',
        address.status,
        Object.entries(kinds).map(([id, { words, is }]) => [id, `${words} (${clauses.filter(is).length})`]),
        (status) => goTo({ status }),
      )}
      <output aria-live="polite">${counted(rows.length, 'clause')} shown</output>
    </form>
    ${rows.length === 0 ? html`<p class="none">No clause is like this.</p>` : nothing}
    <div class="clauses">${rows.map((clause) => row(clause, address.clause === clause.id))}</div>
  </section>`;
}

function row(clause: ProvedClause, open: boolean): TemplateResult {
  const { id, status, section, text, brokenBy, failedUnder, settling } = clause;
  const known = statuses[status as keyof typeof statuses];
  const chip = isIdle(clause) ? 'idle' : settling ? 'not settled' : counted(failedUnder.length, 'fault');
  return html`<details class="clause" id="clause-${id}" .open=${open}>
    <summary>
      <span class="chip ${failedUnder.length === 0 ? 'inconclusive' : 'pass'}">${chip}</span>
      <b>${id}</b>
      <abbr title=${known ?? ''}>${status}</abbr>
      <span class="title">${coded(text)}</span>
    </summary>
    ${text === '' ? nothing : html`<p>${coded(text)} <span class="hint">Note ${section}; ${known}.</span></p>`}
    <p>Failed under: ${faults(failedUnder)}</p>
    <p>Said to be broken by: ${faults(brokenBy)}</p>
    ${settling === undefined ? nothing : html`<p>To run all its tests: <code>${settling}</code></p>`}
    <p class="hint"><a href="#matrix?q=${id}">Its part of the matrix</a></p>
  </details>`;
}

const faults = (names: readonly string[]): TemplateResult =>
  names.length === 0
    ? html`no fault`
    : html`${names.map((name, index) => html`${index > 0 ? ', ' : ''}<a href="#matrix?fault=${name}">${name}</a>`)}`;

import { html, nothing, type TemplateResult } from 'lit-html';

import { byWeight } from '../../record/verdict.ts';
import { type Address, goTo } from './address.ts';
import { choice, hasWords, searchField, verdictChoice } from './filter-fields.ts';
import type { PageData } from './page-data.ts';
import { coded, counted, duration, statuses } from './text.ts';

type Clause = PageData['record']['clauses'][number];
type Test = PageData['record']['tests'][number];

/** The clauses with their verdicts, to filter and to search; a row opens to the clause's words and its tests. */
export function clauseMatrix({ record }: PageData, address: Address): TemplateResult {
  const rows = record.clauses.filter((clause) => isShown(clause, address));
  const tests = new Map(record.tests.map((test) => [test.name, test]));
  return html`<section id="clauses" aria-labelledby="clauses-title">
    <h2 id="clauses-title">Clauses <span class="n">${record.clauses.length}</span></h2>
    <form class="filter" role="search" @submit=${(event: Event) => event.preventDefault()}>
      ${searchField(address.search, 'id or words')}
      ${verdictChoice(
        'Verdict',
        address.verdict,
        byWeight,
        record.clauses.map(({ verdict }) => verdict),
      )}
      ${choice(
        'Status',
        address.status,
        Object.entries(statuses).map(([status, words]) => [status, `${status}: ${words}`]),
        (status) => goTo({ status }),
      )}
      <output aria-live="polite">${counted(rows.length, 'clause')} shown</output>
    </form>
    <div class="clauses">${rows.map((clause) => row(clause, tests, address.clause === clause.id))}</div>
  </section>`;
}

const isShown = ({ id, text, verdict, status }: Clause, address: Address): boolean =>
  (address.verdict === '' || verdict === address.verdict) &&
  (address.status === '' || status === address.status) &&
  hasWords(`${id} ${text}`, address.search);

function row(clause: Clause, tests: ReadonlyMap<string, Test>, open: boolean): TemplateResult {
  const { id, status, section, text, verdict } = clause;
  return html`<details class="clause" id="clause-${id}" .open=${open}>
    <summary>
      <span class="chip ${verdict}">${verdict}</span>
      <b>${id}</b>
      <abbr title=${statuses[status]}>${status}</abbr>
      <span class="title">${coded(text)}</span>
    </summary>
    <p>${coded(text)} <span class="hint">Note ${section}; ${statuses[status]}.</span></p>
    ${clause.uncovered ? html`<p class="hint">No test: ${clause.uncovered}</p>` : nothing}
    ${clause.unselected ? html`<p class="hint">Not selected by --clause.</p>` : nothing}
    <ul>
      ${clause.tests.map((name) => testItem(name, tests.get(name)))}
    </ul>
    <p class="hint"><a href="#clauses?clause=${id}">Address of this clause</a></p>
  </details>`;
}

const testItem = (name: string, test: Test | undefined): TemplateResult =>
  html`<li>
    <span class="chip ${test?.verdict ?? 'not-run'}">${test?.verdict ?? 'not-run'}</span> ${name}
    ${test && test.verdict !== 'not-run' ? html`<span class="hint">${duration(test.durationMs)}</span>` : nothing}
    ${test?.reason && test.verdict !== 'pass' ? html`<span class="hint"><bdi>${test.reason.split('\n')[0]}</bdi></span>` : nothing}
  </li>`;

import { html, nothing, type TemplateResult } from 'lit-html';

import { type Address, goTo } from '../view/address.ts';
import { hasWords, searchField, verdictChoice } from '../view/filter-fields.ts';
import { counted, duration } from '../view/text.ts';
import { cellDetails } from './cell-details.ts';
import { columnNames, markRow, pointAt } from './mark-row.ts';
import { byOutcome, type Cell, colourOf, outcomes } from './outcomes.ts';
import type { ProofPageData } from './proof-data.ts';

/** The firmwares against the clauses, to filter and to search; a row opens to all that is known of it. */
export function faultMatrix(data: ProofPageData, address: Address): TemplateResult {
  const { cells } = data.proof;
  const rows = cells.filter((cell) => isShown(cell, address)).sort(byOutcome);
  const columns = columnsOf(data, rows, rows.length === cells.length);
  return html`<section id="matrix" aria-labelledby="matrix-title">
    <h2 id="matrix-title">
      Faults and clauses <span class="n">${cells.length} × ${data.clauses.length}</span>
    </h2>
    <form class="filter" role="search" @submit=${(event: Event) => event.preventDefault()}>
      ${searchField(address.search, 'name, words, clause or test')}
      ${verdictChoice(
        'Outcome',
        address.verdict,
        outcomes.map(([outcome]) => outcome),
        cells.map(({ outcome }) => outcome),
      )}
      <output aria-live="polite">${counted(rows.length, 'firmware')} shown</output>
    </form>
    <p class="hint legend">
      <span><i class="mark hit"></i> said to break it, and it failed</span>
      <span><i class="mark unseen-break"></i> said to break it, but not seen to fail${endsEarly(data)}</span>
      <span><i class="mark beside"></i> it failed, too</span>
    </p>
    ${rows.length === 0 ? html`<p class="none">No firmware is like this.</p>` : matrix(data, rows, columns, address)}
  </section>`;
}

const endsEarly = ({ proof }: ProofPageData): string =>
  proof.cells.some(({ kind, everyTest }) => kind === 'fault' && !everyTest)
    ? ': a run ends at the first failure'
    : '';

function isShown({ name, describe, breaks, failed, caughtBy, outcome }: Cell, address: Address): boolean {
  return (
    (address.verdict === '' || outcome === address.verdict) &&
    hasWords([name, describe, ...breaks, ...failed, caughtBy?.test ?? ''].join(' '), address.search)
  );
}

/** All clauses beside all firmwares; beside some, those that they have to do with. */
function columnsOf({ clauses }: ProofPageData, rows: readonly Cell[], whole: boolean): readonly string[] {
  const ids = clauses.map(({ id }) => id);
  if (whole) return ids;
  const concerned = new Set(rows.flatMap(({ breaks, failed }) => [...breaks, ...failed]));
  return ids.filter((id) => concerned.has(id));
}

const matrix = (
  data: ProofPageData,
  rows: readonly Cell[],
  columns: readonly string[],
  address: Address,
): TemplateResult =>
  html`<div class="scroll matrix" tabindex="0" role="region" aria-label="faults and clauses">
    <table
      style="--columns:${columns.length}"
      @pointermove=${(event: PointerEvent) => pointAt(event, columns)}
      @pointerleave=${(event: PointerEvent) => pointAt(event, [])}
    >
      <thead>
        <tr>
          <th scope="col">Firmware</th>
          <th scope="col" class="took">Took</th>
          <th scope="col" class="names"><span class="unseen">clauses</span>${columnNames(columns)}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((cell) => row(data, cell, columns, address.fault === cell.name))}
      </tbody>
    </table>
  </div>`;

const row = (data: ProofPageData, cell: Cell, columns: readonly string[], open: boolean): TemplateResult =>
  html`<tr id="fault-${cell.name}" class=${open ? 'open' : ''}>
      <th scope="row">
        <button
          type="button"
          class="plain ${colourOf(cell.outcome)}"
          aria-expanded=${open ? 'true' : 'false'}
          title=${cell.describe}
          @click=${() => goTo({ fault: open ? '' : cell.name })}
        >
          <span class="dot" aria-hidden="true"></span><span class="label">${cell.name}</span
          ><span class="unseen">, ${cell.outcome}</span>
        </button>
      </th>
      <td class="took">${duration(cell.durationMs)}</td>
      <td class="marks">${markRow(cell, columns)}</td>
    </tr>
    ${
      open
        ? html`<tr class="detail">
            <td colspan="3">
              <div>
                <p>
                  <span class="chip ${colourOf(cell.outcome)}">${cell.outcome}</span>
                  <b><span class="label">${cell.name}</span></b> <bdi>${cell.describe}</bdi>
                </p>
                ${cellDetails(data, cell)}
              </div>
            </td>
          </tr>`
        : nothing
    }`;

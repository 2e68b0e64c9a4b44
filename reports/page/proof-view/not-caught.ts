import { html, nothing, type TemplateResult } from 'lit-html';

import { cellDetails } from './cell-details.ts';
import { type Cell, colourOf, isOpen, type Outcome, outcomes } from './outcomes.ts';
import type { ProofPageData } from './proof-data.ts';

const titles: Partial<Record<Outcome, string>> = {
  survived: 'Survivors: faults that no clause failed',
  'blamed-wrongly': 'Blamed wrongly: only other clauses failed than those that the fault breaks',
  failed: 'Controls that failed: sound firmware',
  undecided: 'Undecided: its runs came to no verdict',
};

/** What the suites did not catch, what they blamed without reason, and what stayed open: the defects of the suites. */
export function notCaught(data: ProofPageData): TemplateResult {
  const { cells } = data.proof;
  const open = cells.filter(({ outcome }) => isOpen(outcome));
  const unclear = cells.filter((cell) => !isOpen(cell.outcome) && cell.unclear);
  return html`<section id="not-caught" aria-labelledby="not-caught-title">
    <h2 id="not-caught-title">Not caught or undecided <span class="n">${open.length}</span></h2>
    ${open.length === 0 ? html`<p class="none">Every fault that was judged was caught, and every control passed.</p>` : nothing}
    ${outcomes.map(([outcome]) =>
      group(
        data,
        titles[outcome],
        open.filter((cell) => cell.outcome === outcome),
      ),
    )}
    ${group(data, 'Caught, but a failure does not say what was expected and what came', unclear)}
  </section>`;
}

const group = (
  data: ProofPageData,
  title: string | undefined,
  cells: readonly Cell[],
): TemplateResult | typeof nothing =>
  title === undefined || cells.length === 0
    ? nothing
    : html`<h3>${title} <span class="n">${cells.length}</span></h3>
        ${cells.map(
          (cell, index) =>
            html`<details class="failure ${colourOf(cell.outcome)}" ?open=${index < 3}>
              <summary>
                <span class="chip ${colourOf(cell.outcome)}">${cell.outcome}</span>
                <b>${cell.name}</b>
                <span class="title"><bdi>${cell.describe}</bdi></span>
              </summary>
              ${cellDetails(data, cell)}
            </details>`,
        )}`;

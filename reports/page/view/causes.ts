import { html, nothing, type TemplateResult } from 'lit-html';

import type { PageData } from './page-data.ts';
import { counted } from './text.ts';

/** What explains the failures, the most telling first. */
export function causes({ record }: PageData): TemplateResult | typeof nothing {
  if (record.causes.length === 0) return nothing;
  return html`<section id="causes" aria-labelledby="causes-title">
    <h2 id="causes-title">Causes <span class="n">${record.causes.length}</span></h2>
    <ol class="causes">
      ${record.causes.map(
        ({ text, clauses, tests, commands }) =>
          html`<li>
            <p><bdi>${text}</bdi></p>
            <p class="hint">
              ${clauses.map((id) => html`<a href="#clauses?clause=${id}">${id}</a> `)}
              ${counted(tests.length, 'failed test')}
            </p>
            ${commands.length > 0 ? html`<pre tabindex="0"><bdi>${commands.join('\n')}</bdi></pre>` : nothing}
          </li>`,
      )}
    </ol>
  </section>`;
}

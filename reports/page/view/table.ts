import { html, type TemplateResult } from 'lit-html';

/** A table of texts, which scrolls by itself; without rows, a sentence instead. */
export const table = (
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  none: string,
): TemplateResult =>
  rows.length === 0
    ? html`<p class="none">${none}</p>`
    : html`<div class="scroll" tabindex="0" role="region" aria-label=${heads.join(', ')}>
        <table>
          <thead>
            <tr>
              ${heads.map((head) => html`<th scope="col">${head}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              (cells) =>
                html`<tr>
                  ${cells.map((cell) => html`<td><bdi>${cell}</bdi></td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;

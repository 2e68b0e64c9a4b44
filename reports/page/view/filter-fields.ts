import { html, type TemplateResult } from 'lit-html';

import { goTo } from './address.ts';
import { tally } from './text.ts';

/** A field whose text stands in the address as `q`. */
export const searchField = (text: string, placeholder: string): TemplateResult =>
  html`<label
    >Search
    <input
      type="search"
      placeholder=${placeholder}
      .value=${text}
      @input=${(event: Event) => goTo({ search: (event.target as HTMLInputElement).value })}
  /></label>`;

/** Whether a text has all words that were searched for, in any order. */
export const hasWords = (text: string, search: string): boolean =>
  search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word));

/** A list of values to choose one of, or all. */
export const choice = (
  name: string,
  chosen: string,
  values: readonly (readonly [value: string, text: string])[],
  choose: (value: string) => void,
): TemplateResult =>
  html`<label
    >${name}
    <select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      <option value="" ?selected=${chosen === ''}>all</option>
      ${values.map(([value, text]) => html`<option value=${value} ?selected=${chosen === value}>${text}</option>`)}
    </select></label
  >`;

/** A list of those verdicts that occur, each with how often; the chosen one stands in the address. */
export function verdictChoice(
  name: string,
  chosen: string,
  inOrder: readonly string[],
  found: readonly string[],
): TemplateResult {
  const counts = tally(found);
  return choice(
    name,
    chosen,
    inOrder
      .filter((verdict) => counts.has(verdict))
      .map((verdict) => [verdict, `${verdict} (${counts.get(verdict)})`]),
    (verdict) => goTo({ verdict }),
  );
}

import { html, type TemplateResult } from 'lit-html';

import { counted } from './text.ts';

/** A fact of a list of them: its name and what it is. */
export const fact = (name: string, value: unknown): TemplateResult =>
  html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;

/** A part of a whole. */
export interface Part {
  readonly text: string;
  /** The class of its colour. */
  readonly colour: string;
  readonly n: number;
}

/** A bar that is divided as a whole is, with its numbers; parts of none are left out. */
export function countBar(what: string, parts: readonly Part[]): TemplateResult {
  const shown = parts.filter(({ n }) => n > 0);
  const all = counted(
    shown.reduce((sum, { n }) => sum + n, 0),
    what,
  );
  return html`<div class="count">
    <div class="bar" role="img" aria-label="${all}: ${shown.map(({ n, text }) => `${n} ${text}`).join(', ')}">
      ${shown.map(({ n, colour }) => html`<span class="fill ${colour}" style="flex-grow:${n}"></span>`)}
    </div>
    <p>
      <b>${all}</b>
      ${shown.map(({ n, text, colour }) => html`<span class="chip ${colour}">${n} ${text}</span>`)}
    </p>
  </div>`;
}

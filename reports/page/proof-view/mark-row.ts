import { html, svg, type TemplateResult } from 'lit-html';

import type { Cell } from './outcomes.ts';

/** The marks of a firmware, one for each clause that it breaks or that failed under it. */
export function markRow({ breaks, failed, outcome }: Cell, columns: readonly string[]): TemplateResult {
  const marks = columns.flatMap((id, column) => {
    const kind = kindOf(breaks.includes(id), failed.includes(id));
    return kind === undefined ? [] : [{ id, column, kind }];
  });
  const named = (kind: Kind): string =>
    marks
      .filter((mark) => mark.kind === kind)
      .map(({ id }) => id)
      .join(', ') || 'none';
  const words = `failed as said: ${named('hit')}; not failed: ${named('unseen-break')}; failed, too: ${named('beside')}`;
  return html`<div class="strip ${outcome}" role="img" aria-label=${words}>
    ${marks.map(({ column, kind }) => html`<i class="mark ${kind}" style="--column:${column}"></i>`)}
  </div>`;
}

type Kind = 'hit' | 'unseen-break' | 'beside';

function kindOf(isBroken: boolean, hasFailed: boolean): Kind | undefined {
  if (isBroken) return hasFailed ? 'hit' : 'unseen-break';
  return hasFailed ? 'beside' : undefined;
}

/** Height of the names over the columns, px. */
const NAMES = 150;

/** The clauses' ids over the columns, upright; each row says them to who does not see them. */
export const columnNames = (columns: readonly string[]): TemplateResult =>
  html`<div class="strip" aria-hidden="true">
    ${columns.map(
      (id, column) => html`<span class="name" style="--column:${column}" title=${id}>${svgName(id)}</span>`,
    )}
  </div>`;

const svgName = (id: string): TemplateResult =>
  html`<svg width="12" height=${NAMES}>
    ${svg`<text transform="translate(9 ${NAMES - 2}) rotate(-90)">${id}</text>`}
  </svg>`;

/** Shows the column under the pointer and says its clause; without columns, none. */
export function pointAt({ currentTarget, target, clientX }: PointerEvent, columns: readonly string[]): void {
  const table = currentTarget as HTMLElement;
  const strip = (target as Element).closest('.strip') ?? table.querySelector('.names .strip');
  const left = strip?.getBoundingClientRect().left ?? 0;
  const column = Math.floor((clientX - left) / cellWidth(table));
  const id = clientX < left ? undefined : columns[column];
  table.style.setProperty('--pointed', id === undefined ? '-100' : String(column));
  if (target instanceof HTMLElement && target.closest('.marks')) target.title = id ?? '';
}

const cellWidth = (table: HTMLElement): number =>
  Number.parseFloat(getComputedStyle(table).getPropertyValue('--cell'));

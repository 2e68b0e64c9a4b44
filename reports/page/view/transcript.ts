import { html, type TemplateResult } from 'lit-html';

import type { Lane, LaneName, Span } from './page-data.ts';

const arrows: Partial<Record<LaneName, string>> = {
  'uart.tx': '→',
  'uart.rx': '←',
  'platform.tx': '⇒',
  'platform.rx': '⇐',
  boot: '↻',
  reset: '⏻',
  supply: '⏻',
};

/** A line of a transcript. */
export interface Moment {
  readonly lane: LaneName;
  readonly span: Span;
}

const evidence = new Set<LaneName>([
  'uart.tx',
  'uart.rx',
  'platform.rx',
  'platform.tx',
  'boot',
  'reset',
  'supply',
]);

/** What was on the wires between two lines of the trace, in order. */
export function momentsBetween(lanes: readonly Lane[], first: number, last: number): Moment[] {
  return lanes
    .filter(({ name }) => evidence.has(name))
    .flatMap(({ name, spans }) =>
      spans.filter(([, , line]) => line >= first && line <= last).map((span) => ({ lane: name, span })),
    )
    .sort((a, b) => a.span[2] - b.span[2]);
}

/** Seconds since the start of the run. */
export const seconds = (us: number): string => (us / 1e6).toFixed(3);

/** More would not be read; the time line and `bc26-hil trace` have the rest. */
const most = 400;

/** The transcript as a table: when, which way, what. */
export function transcript(moments: readonly Moment[]): TemplateResult {
  const left = moments.length - most;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="transcript">
    <table class="transcript">
      <thead>
        <tr>
          <th scope="col">s</th>
          <th scope="col"><span class="unseen">direction</span></th>
          <th scope="col">bytes</th>
        </tr>
      </thead>
      <tbody>
        ${moments.slice(0, most).map(
          ({ lane, span }) =>
            html`<tr class=${lane.replace('.', '-')}>
              <td>${seconds(span[0])}</td>
              <td title=${lane}>${arrows[lane] ?? ''}<span class="unseen">${lane}</span></td>
              <td><bdi>${span[3]}</bdi></td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${left > 0 ? html`<p class="hint">${left} more lines in trace.jsonl</p>` : ''}
  </div>`;
}

/** The transcript as plain text. */
export const transcriptText = (moments: readonly Moment[]): string =>
  moments
    .slice(0, most)
    .map(({ lane, span }) => `${seconds(span[0])} ${arrows[lane] ?? ' '} ${span[3]}`)
    .join('\n');

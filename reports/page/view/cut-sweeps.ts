import { html, nothing, svg, type TemplateResult } from 'lit-html';

import type { RecordedCutSweep } from '../../record/record.ts';
import type { PageData } from './page-data.ts';
import { duration } from './text.ts';

const width = 360;
const height = 34;
/** Space for half a dot at both ends, px. */
const margin = 6;

/** Before this moment the scale is linear, after it logarithmic, ms. */
const linearMs = 3;

/** Moments that the axis may name, ms. */
const moments = [0, 3, 10, 30, 100, 300, 1_000, 3_000];

interface Scale {
  /** The place of a moment in ms. */
  readonly x: (ms: number) => number;
  /** The moments within it. */
  readonly ticks: readonly number[];
}

/** A scale from the first cut to the last: linear around the save's last byte, logarithmic after it. */
function scaleOf(sweeps: readonly RecordedCutSweep[]): Scale {
  const place = (ms: number): number => (ms < linearMs ? ms / linearMs : 1 + Math.log(ms / linearMs));
  const all = sweeps.flatMap(({ cuts }) => cuts.map(({ ms }) => place(ms)));
  const [first, last] = [Math.min(0, ...all), Math.max(1, ...all)];
  return {
    x: (ms) => margin + ((place(ms) - first) / (last - first)) * (width - 2 * margin),
    ticks: moments.filter((ms) => place(ms) <= last),
  };
}

/** What supply cuts at swept moments left of each record: a dot for each cut. Nothing where no record was swept. */
export function cutSweeps({ record: { cutSweeps: sweeps } }: PageData): TemplateResult | typeof nothing {
  if (sweeps.length === 0) return nothing;
  const scale = scaleOf(sweeps);
  return html`<section id="cuts" aria-labelledby="cuts-title">
    <h2 id="cuts-title">Supply cuts around the end of a save</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="supply cuts by record">
      <table>
        <thead>
          <tr>
            <th scope="col">Record</th>
            <th scope="col">cuts</th>
            <th scope="col">old up to</th>
            <th scope="col">new from</th>
            <th scope="col">OK after</th>
            <th scope="col">when the cut was asked for ${axis(scale)}</th>
          </tr>
        </thead>
        <tbody>
          ${sweeps.map((sweep) => row(sweep, scale))}
        </tbody>
      </table>
    </div>
    <p class="hint">
      Each dot is a save of its own whose supply was cut then, counted from its last byte: below, the old
      values were found after the next boot, above, the new ones; red: neither, or another record had changed,
      or the new values were lost although the cut came T after OK. The bar spans the moments of OK. The scale
      is in ms and logarithmic. The switch itself may act later than it was asked.
    </p>
  </section>`;
}

/** The moments of the ticks. */
function axis({ x, ticks }: Scale): TemplateResult {
  return html`<svg
    class="axis"
    viewBox="0 0 ${width} 14"
    width=${width}
    height="14"
    role="img"
    aria-label="${ticks.map((ms) => duration(ms)).join(', ')}"
  >
    ${ticks.map((ms) => svg`<text x=${x(ms)} y="11" text-anchor=${anchorAt(x(ms))}>${inBrief(ms)}</text>`)}
  </svg>`;
}

/** Labels at the ends stay within the drawing. */
const anchorAt = (x: number): string => (x < 20 ? 'start' : x > width - 20 ? 'end' : 'middle');

const inBrief = (ms: number): string => (ms < 1_000 ? String(ms) : `${ms / 1_000} s`);

function row(sweep: RecordedCutSweep, scale: Scale): TemplateResult {
  const { record, cuts } = sweep;
  const of = (which: string): readonly number[] =>
    cuts.filter(({ found }) => found === which).map(({ ms }) => ms);
  const [old, fresh] = [of('old'), of('new')];
  const oks = cuts.flatMap(({ okMs }) => (okMs === null ? [] : [okMs]));
  const span = oks.length === 0 ? '–' : `${duration(Math.min(...oks))} to ${duration(Math.max(...oks))}`;
  return html`<tr>
    <th scope="row"><bdi>${record}</bdi></th>
    <td>${cuts.length}</td>
    <td>${old.length === 0 ? '–' : signed(Math.max(...old))}</td>
    <td>${fresh.length === 0 ? '–' : signed(Math.min(...fresh))}</td>
    <td>${span}</td>
    <td>${plot(sweep, oks, scale)}</td>
  </tr>`;
}

const signed = (ms: number): string => `${ms < 0 ? '−' : ''}${duration(Math.abs(ms))}`;

const heights = { old: height - 7, new: 7, spoiled: height / 2 } as const;

function plot(
  { record, cuts, durableMs }: RecordedCutSweep,
  oks: readonly number[],
  { x, ticks }: Scale,
): TemplateResult {
  const isBad = ({ ms, okMs, found }: RecordedCutSweep['cuts'][number]): boolean =>
    found === 'spoiled' || (found === 'old' && okMs !== null && ms - okMs >= durableMs);
  return html`<svg
    viewBox="0 0 ${width} ${height}"
    width=${width}
    height=${height}
    role="img"
    aria-label="what cuts left of ${record}"
  >
    ${ticks.map((ms) => svg`<line class="tick" x1=${x(ms)} x2=${x(ms)} y1="0" y2=${height}></line>`)}
    ${
      oks.length === 0
        ? nothing
        : svg`<rect class="ok" x=${x(Math.min(...oks))} width=${Math.max(1, x(Math.max(...oks)) - x(Math.min(...oks)))} y=${height / 2 - 1.5} height="3"></rect>`
    }
    ${cuts.map(
      (cut) =>
        svg`<circle class=${isBad(cut) ? 'cut bad' : 'cut'} cx=${x(cut.ms)} cy=${heights[cut.found]} r="3"><title>${signed(cut.ms)}: ${cut.found}</title></circle>`,
    )}
  </svg>`;
}

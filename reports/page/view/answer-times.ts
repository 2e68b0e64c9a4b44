import { html, nothing, svg, type TemplateResult } from 'lit-html';

import { largest } from './largest.ts';
import type { AnswerTimes, PageData } from './page-data.ts';
import { counted, duration } from './text.ts';

const width = 260;
const height = 26;
const bins = 65;

/** How long the module took to answer each form of command, against the note's limit. */
export function answerTimes({ record, answers }: PageData): TemplateResult {
  const rows = answers.map((each) => ({ ...each, limit: limitOf(record, each) }));
  const most =
    1.02 *
    largest(
      rows.flatMap(({ ms, limit = 0 }) => [limit, ...ms]),
      1,
    );
  return html`<section id="answers" aria-labelledby="answers-title">
    <h2 id="answers-title">Answer times</h2>
    ${record.timing.map(
      ({ command, kind, verdict, n, over, inconclusive, supports }) =>
        html`<p>
          ${verdict ? html`<span class="chip ${verdict}">${verdict}</span>` : html`<span class="chip observed">recorded</span>`}
          <b>${command}</b> ${kind}: ${counted(n, 'answer')}, ${over} too
          slow${
            inconclusive > 0 ? `, ${inconclusive} too near the limit to be judged` : nothing
          }${supports ? `; ${supports} is in time (95 % confidence)` : nothing}
        </p>`,
    )}
    <div class="scroll" tabindex="0" role="region" aria-label="answer times by form of command">
      <table>
        <thead>
          <tr>
            <th scope="col">Command</th>
            <th scope="col">answers</th>
            <th scope="col">median</th>
            <th scope="col">99 %</th>
            <th scope="col">longest</th>
            <th scope="col">margin</th>
            <th scope="col">0 to ${duration(most)}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map((each) => row(each, record.latency[each.form], most))}
        </tbody>
      </table>
    </div>
    <p class="hint">
      Upper bounds of each answer's time; the red line is the note's limit, margin what the longest answer
      leaves of it.
    </p>
  </section>`;
}

/** The limit that the clause states, ms. */
function limitOf({ clauses }: PageData['record'], { clause }: AnswerTimes): number | undefined {
  const text = clauses.find(({ id }) => id === clause)?.text ?? '';
  const found = /(\d+) ms/.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

function row(
  { form, ms, limit }: AnswerTimes & { limit: number | undefined },
  latency: PageData['record']['latency'][string] | undefined,
  most: number,
): TemplateResult {
  const longest = largest(ms, 0);
  const margin = limit === undefined ? undefined : limit - longest;
  return html`<tr>
    <th scope="row">
      <code><bdi>${form}</bdi></code>
    </th>
    <td>${ms.length}</td>
    <td>${latency ? duration(latency.p50) : '–'}</td>
    <td>${latency ? duration(latency.p99) : '–'}</td>
    <td>${duration(longest)}</td>
    <td class=${margin !== undefined && margin < 0 ? 'bad' : ''}>
      ${margin === undefined ? '–' : `${margin < 0 ? '−' : ''}${duration(Math.abs(margin))}`}
    </td>
    <td>${histogram(ms, limit, most, form)}</td>
  </tr>`;
}

/** Bars of the square root of their counts, so that a single late answer can be seen. */
function histogram(
  ms: readonly number[],
  limit: number | undefined,
  most: number,
  form: string,
): TemplateResult {
  const counts = new Array<number>(bins).fill(0);
  for (const each of ms) counts[Math.min(bins - 1, Math.floor((each / most) * bins))]!++;
  const highest = Math.sqrt(Math.max(...counts));
  const step = width / bins;
  return html`<svg
    viewBox="0 0 ${width} ${height}"
    width=${width}
    height=${height}
    role="img"
    aria-label="distribution of ${form}"
  >
    ${counts.map((n, index) => {
      const high = n === 0 ? 0 : Math.max(2, (Math.sqrt(n) / highest) * (height - 2));
      return n === 0
        ? nothing
        : svg`<rect class="bin" x=${index * step} y=${height - high} width=${step - 0.5} height=${high}></rect>`;
    })}
    ${
      limit === undefined
        ? nothing
        : svg`<line class="limit" x1=${(limit / most) * width} x2=${(limit / most) * width} y1="0" y2=${height}></line>`
    }
  </svg>`;
}

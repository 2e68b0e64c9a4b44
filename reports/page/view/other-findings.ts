import { html, nothing, type TemplateResult } from 'lit-html';

import type { PageData } from './page-data.ts';
import { table } from './table.ts';
import { counted, duration } from './text.ts';
import { seconds } from './transcript.ts';

/** How the module came up each time, and which states of the access it went through. */
export function boots({ record, lanes }: PageData): TemplateResult {
  const states = lanes.find(({ name }) => name === 'state')?.spans ?? [];
  return html`<section id="boots" aria-labelledby="boots-title">
    <h2 id="boots-title">Boots and states</h2>
    ${table(
      ['Boot', 'first OK to AT', 'named itself', 'echo'],
      record.boots.map(({ kind, answeredMs, namedMs, echoes }) => [
        kind,
        duration(answeredMs),
        duration(namedMs),
        echoes ? 'stays on' : 'off',
      ]),
      'The module was not booted.',
    )}
    <h3>States of the access (AT+QDMPCFG=6)</h3>
    ${table(
      ['State', 'first seen at', 'seen for'],
      states.map(([at, lasted, , text]) => [text, `${seconds(at)} s`, duration(lasted / 1000)]),
      'No state was asked for.',
    )}
  </section>`;
}

/** What the module did where the note is silent. */
export const observations = ({ record }: PageData): TemplateResult =>
  html`<section id="observations" aria-labelledby="observations-title">
    <h2 id="observations-title">
      Observations <span class="n">${Object.keys(record.observations).length}</span>
    </h2>
    <p class="hint">Behaviour where the note is silent: recorded word for word, never a failure.</p>
    ${table(
      ['What', 'came'],
      Object.entries(record.observations).map(([key, value]) => [key, value]),
      'Nothing was observed.',
    )}
    ${
      record.deviations.length === 0
        ? nothing
        : html`<h3>Known deviations of this firmware</h3>
            ${table(
              ['Clause', 'reason', 'reference', 'valid to', 'met by'],
              record.deviations.map(({ clause, reason, reference, expires, seenBy }) => [
                clause,
                reason,
                reference,
                expires,
                counted(seenBy.length, 'test'),
              ]),
              '',
            )}`
    }
  </section>`;

/** What was not judged, by reason. */
export function notRun({ record }: PageData): TemplateResult {
  const reasons = new Map<string, string[]>();
  for (const { name, reason, verdict } of record.tests)
    if (verdict === 'not-run') {
      const why = reason ?? 'no reason was recorded';
      reasons.set(why, [...(reasons.get(why) ?? []), name]);
    }
  return html`<section id="not-run" aria-labelledby="not-run-title">
    <h2 id="not-run-title">Not run</h2>
    ${reasons.size === 0 ? html`<p class="none">Every test was run.</p>` : nothing}
    ${[...reasons].map(
      ([why, names]) =>
        html`<details>
          <summary><b>${counted(names.length, 'test')}</b> <bdi>${why}</bdi></summary>
          <ul>
            ${names.map((name) => html`<li>${name}</li>`)}
          </ul>
        </details>`,
    )}
  </section>`;
}

/** What the rig did to the result: its errors, its own delay, the wear of the module's memory. */
export function rigHealth({ record, files }: PageData): TemplateResult {
  const { ownShare: own, wear, wiring, problems, silences, messages } = record;
  return html`<section id="rig" aria-labelledby="rig-title">
    <h2 id="rig-title">Rig</h2>
    ${problems.map(
      ({ code, message, remedy }) =>
        html`<p class="problem">
          <b>${code}</b> <bdi>${message}</bdi> ${remedy ? html`<br />${remedy}` : nothing}
        </p>`,
    )}
    ${silences.map(({ verdict, text }) => html`<p class="problem"><span class="chip ${verdict}">${verdict}</span> <bdi>${text}</bdi></p>`)}
    <ul>
      <li>
        ${
          !own
            ? 'The delay of the harness was not measured.'
            : own.measurable
              ? `Delay added by the harness: ${own.medianMs.toFixed(2)} ms per command, ${own.ratio.toFixed(2)} times that of a plain serial port.`
              : `Delay added by the harness: not measurable (${own.reason}).`
        }
      </li>
      <li>Seen to boot the module in this run: power ${wiring.power}, reset ${wiring.reset}.</li>
      <li>
        ${
          wear
            ? `NVRAM: ${(wear.writesBefore + record.counters.nvramWrites).toLocaleString('en')} of ${wear.endurance.toLocaleString('en')} writes that the rig file assumes.`
            : 'NVRAM: the module is emulated, so nothing wears.'
        }
      </li>
      ${messages.map((text) => html`<li><bdi>${text}</bdi></li>`)}
    </ul>
    <h3>Files beside this page</h3>
    <p>${files.map((file) => html`<a href=${file}>${file}</a> `)}</p>
  </section>`;
}

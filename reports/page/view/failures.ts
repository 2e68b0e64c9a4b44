import { html, nothing, type TemplateResult } from 'lit-html';

import { goTo } from './address.ts';
import { issueText } from './issue-text.ts';
import type { PageData } from './page-data.ts';
import { coded, counted, duration } from './text.ts';
import { momentsBetween, transcript } from './transcript.ts';

type Test = PageData['record']['tests'][number];

const shown = new Set(['fail', 'rig-error', 'inconclusive', 'flaky']);

/** Tests whose details were opened, so that only their transcripts are made. */
const opened = new Set<string>();

/** Each test that did not pass: the clause's words, what came, both attempts, and what was on the wire. */
export function failures(data: PageData): TemplateResult {
  const tests = data.record.tests.filter(({ verdict }) => shown.has(verdict));
  return html`<section id="failures" aria-labelledby="failures-title">
    <h2 id="failures-title">Failed or undecided <span class="n">${tests.length}</span></h2>
    ${tests.length === 0 ? html`<p class="none">Every test that ran has passed, or was only recorded.</p>` : nothing}
    ${tests.map((test, index) => failure(data, test, index === 0))}
  </section>`;
}

function failure(data: PageData, test: Test, open: boolean): TemplateResult {
  const [title = '', ...rest] = (test.reason ?? 'no reason was recorded').split('\n');
  const isOpen = open || opened.has(test.name);
  return html`<details class="failure ${test.verdict}" ?open=${open} @toggle=${() => toggled(test)}>
    <summary>
      <span class="chip ${test.verdict}">${test.verdict}</span>
      <b>${test.clauses.join(', ')}</b>
      <span class="title"><bdi>${title}</bdi></span>
    </summary>
    <p class="test">
      ${test.file} › ${test.title} · ${duration(test.durationMs)}
      ${test.confirmed ? html`<span class="hint">confirmed</span>` : nothing}
    </p>
    ${clauseWords(data, test)}
    ${rest.length > 0 ? html`<pre class="reason" tabindex="0"><bdi>${rest.join('\n').trim()}</bdi></pre>` : nothing}
    ${attempts(test)}
    <p class="actions">
      <button type="button" @click=${(event: Event) => void copy(event, issueText(data, test))}>
        Copy as issue
      </button>
      ${
        test.trace
          ? html`<button type="button" @click=${() => showInTime(data, test)}>Show on the time line</button>`
          : nothing
      }
    </p>
    ${test.trace && isOpen ? transcript(momentsBetween(data.lanes, ...test.trace)) : nothing}
  </details>`;
}

function toggled({ name }: Test): void {
  if (opened.has(name)) return;
  opened.add(name);
  dispatchEvent(new HashChangeEvent('hashchange'));
}

const clauseWords = ({ record }: PageData, test: Test): TemplateResult =>
  html`${record.clauses
    .filter(({ id }) => test.clauses.includes(id))
    .map(
      ({ id, section, text }) =>
        html`<blockquote>
          <a href="#clauses?clause=${id}">${id}</a> · note ${section} · ${coded(text)}
        </blockquote>`,
    )}`;

function attempts({ attempts: both }: Test): TemplateResult | typeof nothing {
  if (!both) return nothing;
  return html`<p class="hint">
    ${counted(both.length, 'attempt')}:
    ${both.map(
      ({ verdict, durationMs, trace: [first, last] }) =>
        html`<span class="chip ${verdict}">${verdict}</span> ${duration(durationMs)}, trace lines
          ${first}–${last}. `,
    )}
  </p>`;
}

/** Zooms the time line to a test, with a tenth of its length on both sides. */
function showInTime({ lanes }: PageData, { trace }: Test): void {
  const span = lanes.find((lane) => lane.name === 'test')?.spans.find(([, , line]) => line === trace?.[0]);
  if (!span) return;
  const margin = Math.max(span[1] / 10, 10_000);
  goTo({ section: 'time', time: [(span[0] - margin) / 1e6, (span[0] + span[1] + margin) / 1e6] });
}

/** Puts a text into the clipboard; a page opened from disk may not be allowed to, and then a selected copy does. */
async function copy(event: Event, text: string): Promise<void> {
  const button = event.currentTarget as HTMLButtonElement;
  const said = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  button.textContent = 'Copied';
  setTimeout(() => (button.textContent = said), 1500);
}

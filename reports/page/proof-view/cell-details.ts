import { html, nothing, type TemplateResult } from 'lit-html';

import { coded, duration } from '../view/text.ts';
import type { Cell } from './outcomes.ts';
import type { ProofPageData } from './proof-data.ts';

/** The most tests that are listed; prove.json has all. */
const MOST_TESTS = 20;

/** All that the proof knows of a firmware: what it breaks in the clauses' words, what failed, which test caught it. */
export function cellDetails(data: ProofPageData, cell: Cell): TemplateResult {
  const { name, breaks, failed, caughtBy, tests, why, unclear, durationMs, profile, slower = 1 } = cell;
  const others = failed.filter((id) => !breaks.includes(id));
  return html`${breaks.map((id) => clauseWords(data, id, failed.includes(id) ? 'failed' : 'not seen to fail'))}
    ${why === undefined ? nothing : html`<p class="problem"><bdi>${why}</bdi></p>`}
    ${caughtBy ? html`<p>Caught first by <b>${caughtBy.test}</b>, by ${links(caughtBy.clauses)}</p>` : nothing}
    ${
      others.length > 0
        ? html`<p>Failed too, though it is not said to break them: ${links(others)}</p>`
        : nothing
    }
    ${testList('Tests that failed', tests)}
    ${testList('Failures that do not say what was expected and what came', unclear ?? [])}
    <p class="hint">
      Took ${duration(durationMs)}, last with the profile
      ${profile}${slower > 1 ? ` and network time ${slower} times slower` : ''}.
      ${data.runs.includes(name) ? html`<a href="runs/${encodeURIComponent(name)}/report.html">The page of its last run</a>` : nothing}
    </p>`;
}

const links = (ids: readonly string[]): TemplateResult =>
  html`${ids.map((id, index) => html`${index > 0 ? ', ' : ''}<a href="#clauses?clause=${id}">${id}</a>`)}`;

function clauseWords({ clauses }: ProofPageData, id: string, did: string): TemplateResult {
  const clause = clauses.find((each) => each.id === id);
  return html`<blockquote>
    <a href="#clauses?clause=${id}">${id}</a>,
    ${did}${clause && clause.text !== '' ? html` · note ${clause.section} · ${coded(clause.text)}` : nothing}
  </blockquote>`;
}

function testList(title: string, tests: readonly string[]): TemplateResult | typeof nothing {
  if (tests.length === 0) return nothing;
  const left = tests.length - MOST_TESTS;
  return html`<p>${title}</p>
    <ul>
      ${tests.slice(0, MOST_TESTS).map((test) => html`<li>${test}</li>`)}
      ${left > 0 ? html`<li>${left} more in prove.json</li>` : nothing}
    </ul>`;
}

import { html, nothing, render, type TemplateResult } from 'lit-html';

import { type Address, readAddress } from './address.ts';
import { answerTimes } from './answer-times.ts';
import { causes } from './causes.ts';
import { clauseMatrix } from './clause-matrix.ts';
import { cutSweeps } from './cut-sweeps.ts';
import { failures } from './failures.ts';
import { masthead } from './masthead.ts';
import { boots, notRun, observations, rigHealth } from './other-findings.ts';
import type { PageData } from './page-data.ts';
import { readData } from './read-data.ts';
import { startTimeLine, timeLine } from './time-line.ts';

const sections = [
  ['top', 'Verdict'],
  ['causes', 'Causes'],
  ['failures', 'Failures'],
  ['clauses', 'Clauses'],
  ['time', 'Time line'],
  ['answers', 'Answer times'],
  ['cuts', 'Supply cuts'],
  ['boots', 'Boots'],
  ['observations', 'Observations'],
  ['not-run', 'Not run'],
  ['rig', 'Rig'],
] as const;

const changes = ({ changes: found }: PageData): TemplateResult | typeof nothing =>
  found
    ? html`<section id="changes" aria-labelledby="changes-title">
        <h2 id="changes-title">New since the last run of this rig</h2>
        <p class="hint">${found.since}</p>
        ${found.changed.length === 0 ? html`<p class="none">No clause has another verdict.</p>` : nothing}
        <ul>
          ${found.changed.map(
            ({ clause, was, is }) =>
              html`<li>
                <a href="#clauses?clause=${clause}">${clause}</a> <span class="chip ${was}">${was}</span> →
                <span class="chip ${is}">${is}</span>
              </li>`,
          )}
        </ul>
      </section>`
    : nothing;

const page = (data: PageData, address: Address): TemplateResult => html`
  ${masthead(data)}
  <nav aria-label="sections">
    ${sections
      .filter(([id]) => id !== 'causes' || data.record.causes.length > 0)
      .filter(([id]) => id !== 'cuts' || data.record.cutSweeps.length > 0)
      .map(
        ([id, text]) =>
          html`<a href="#${id}" aria-current=${address.section === id ? 'true' : 'false'}>${text}</a>`,
      )}
  </nav>
  <main>
    ${causes(data)} ${changes(data)} ${failures(data)} ${clauseMatrix(data, address)} ${timeLine(data)}
    ${answerTimes(data)} ${cutSweeps(data)} ${boots(data)} ${observations(data)} ${notRun(data)}
    ${rigHealth(data)}
  </main>
`;

const data = await readData<PageData>();
const body = document.getElementById('page')!;
body.replaceChildren();
let follow: ((address: Address) => void) | undefined;

/** @param scroll whether somebody went to the address, so that what it names is to be in view */
function show(scroll: boolean): void {
  const address = readAddress(location.hash);
  render(page(data, address), body);
  follow ??= startTimeLine(data);
  follow(address);
  if (!scroll) return;
  const row = address.clause === '' ? null : document.getElementById(`clause-${address.clause}`);
  (row ?? document.getElementById(address.section))?.scrollIntoView();
}

addEventListener('hashchange', (event) => show(event.isTrusted));
document.title = `${data.record.rig}: ${document.querySelector('title')!.textContent}`;
show(location.hash !== '');
document.documentElement.dataset['ready'] = 'true';

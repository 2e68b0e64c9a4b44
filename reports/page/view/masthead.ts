import { html, type TemplateResult } from 'lit-html';

import { faultOptions } from '../../record/board-options.ts';
import type { RunRecord } from '../../record/record.ts';
import { byWeight, type Verdict } from '../../record/verdict.ts';
import { countBar, fact, type Part } from './facts.ts';
import type { PageData } from './page-data.ts';
import { duration, tally } from './text.ts';

/** What the exit code says, in a word or two, and the colour it is shown in. */
function headline({ exitCode, state }: RunRecord): readonly [text: string, colour: string] {
  switch (exitCode) {
    case 0:
      return ['Passed', 'pass'];
    case 1:
      return ['Failed', 'fail'];
    case 2:
      return ['Wrong usage', 'rig-error'];
    case 3:
      return ['Rig failed', 'rig-error'];
    case 4:
      return ['Undecided', 'inconclusive'];
    case null:
      return [state === 'running' ? 'Not ended' : 'Cut short', 'not-run'];
    default:
      return ['Interrupted', 'not-run'];
  }
}

/** The verdict and whose it is: what a reader wants to know first. */
export function masthead({ record, lead, folder, wallAtStart }: PageData): TemplateResult {
  const [text, colour] = headline(record);
  const { module, counters } = record;
  const network = record.clock === 1 ? 'as it is' : `${record.clock} times as fast as the real network`;
  return html`
    <header id="top" class="masthead ${colour}">
      <p class="project">bc26-hil · qualification of AT+QDMPCFG and AT+QDMPCFGEX</p>
      <h1><span class="verdict">${text}</span> <span class="rig">${record.rig}</span></h1>
      ${lead.map((line) => html`<p class="lead">${line}</p>`)} ${counts(record)}
      <dl class="identity">
        ${fact('Module', module ? module.revision : 'never named itself')}
        ${fact('IMEI', module ? module.imei : '–')}
        ${fact('Board', record.emulated ? ['emulated', ...faultOptions(record)].join(', ') : `real, driver ${record.driver}`)}
        ${fact('Profile', record.profile + (record.clausePattern ? `, --clause ${record.clausePattern}` : ''))}
        ${fact('Started', html`<time datetime=${record.startedAt}>${record.startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time>`)}
        ${fact('Took', record.durationMs === null ? 'not ended' : duration(record.durationMs))}
        ${fact('Network time', network)} ${fact('Seed', record.seed)}
        ${fact('Suites', `${record.commit ?? 'no commit'}, Node ${record.node.replace(/^v/, '')}`)}
        ${fact('Exchanges', counters.exchanges.toLocaleString('en'))}
        ${fact('NVRAM writes', `${counters.nvramWrites} of ${record.budget.nvramWrites}`)}
        ${fact('Reboots', String(counters.reboots) + (record.budget.reboots === null ? '' : ` of ${record.budget.reboots}`))}
        ${fact('Exit code', record.exitCode ?? '–')} ${fact('Run', folder)}
      </dl>
      ${wallAtStart === null ? html`<p class="hint">The trace does not tell its wall clock.</p>` : ''}
    </header>
  `;
}

/** One bar for the clauses and one for the tests. */
function counts({ clauses, tests }: RunRecord): TemplateResult {
  return html`<div class="counts">
    ${countBar('clause', byVerdict(clauses))}
    ${countBar('test', byVerdict(tests.filter(({ verdict }) => verdict !== 'not-run')))}
  </div>`;
}

function byVerdict(judged: readonly { readonly verdict: Verdict }[]): readonly Part[] {
  const counts = tally(judged.map(({ verdict }) => verdict));
  return byWeight.map((verdict) => ({ text: verdict, colour: verdict, n: counts.get(verdict) ?? 0 }));
}

import { html, nothing, type TemplateResult } from 'lit-html';

import { countBar, fact } from '../view/facts.ts';
import { counted, duration } from '../view/text.ts';
import { type Cell, outcomes } from './outcomes.ts';
import type { ProofPageData } from './proof-data.ts';

/** What came of the proof, in a word or two, and the colour it is shown in. */
function headline({ proof, exitCode }: ProofPageData): readonly [text: string, colour: string] {
  const survivors = proof.cells.filter(({ outcome }) => outcome === 'survived').length;
  if (survivors > 0) return [counted(survivors, 'survivor'), 'fail'];
  if (exitCode === 1) return ['Not proved', 'fail'];
  if (proof.planned > proof.cells.length) return ['Ended early', 'not-run'];
  return exitCode === 4 ? ['Undecided', 'inconclusive'] : ['Proved', 'pass'];
}

/** Whether the suites can be trusted: what a reader wants to know first. */
export function proofMasthead(data: ProofPageData): TemplateResult {
  const { proof, end, exitCode, folder } = data;
  const [text, colour] = headline(data);
  const left = proof.planned - proof.cells.length;
  const controls = proof.cells.filter(({ kind }) => kind === 'control');
  return html`
    <header id="top" class="masthead ${colour}">
      <p class="project">bc26-hil · what the suites catch of faulty firmware</p>
      <h1><span class="verdict">${text}</span> <span class="rig">profile ${proof.profile}</span></h1>
      <p class="lead">Exit code ${exitCode}: ${end}</p>
      ${left > 0 ? html`<p class="lead">${counted(left, 'firmware')} not judged: go on with <code>--resume</code></p>` : nothing}
      <div class="counts">
        ${bar(
          'fault',
          proof.cells.filter(({ kind }) => kind === 'fault'),
        )}
        ${controls.length > 0 ? bar('control', controls) : nothing}
      </div>
      <dl class="identity">
        ${fact('Started', html`<time datetime=${proof.startedAt}>${proof.startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time>`)}
        ${fact('Took', `${duration(proof.durationMs)}, ${proof.perMinute.toFixed(1)} firmwares a minute`)}
        ${fact('Seed', proof.seed)}
        ${fact('Suites', `${proof.commit ?? 'no commit'}, Node ${proof.node.replace(/^v/, '')}`)}
        ${proof.shard ? fact('Part', `${proof.shard[0]} of ${proof.shard[1]}`) : nothing}
        ${proof.chosen ? fact('Judged', 'chosen firmwares only') : nothing} ${fact('Proof', folder)}
      </dl>
    </header>
  `;
}

const bar = (what: string, cells: readonly Cell[]): TemplateResult =>
  countBar(
    what,
    outcomes.map(([outcome, colour]) => ({
      text: outcome,
      colour,
      n: cells.filter((cell) => cell.outcome === outcome).length,
    })),
  );

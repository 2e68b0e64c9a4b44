import { html, type TemplateResult } from 'lit-html';

import { counted, duration } from '../view/text.ts';
import type { Cell } from './outcomes.ts';
import type { ProofPageData } from './proof-data.ts';

/** How many of the slowest are shown. */
const SLOWEST = 25;

/** How long the firmwares took: where a proof's time goes. */
export function proofTimes({ proof }: ProofPageData): TemplateResult {
  const sorted = [...proof.cells].sort((a, b) => b.durationMs - a.durationMs);
  const longest = sorted[0]?.durationMs ?? 0;
  const all = sorted.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const at = (share: number): string =>
    duration(sorted[Math.floor((sorted.length - 1) * (1 - share))]?.durationMs ?? 0);
  return html`<section id="times" aria-labelledby="times-title">
    <h2 id="times-title">Times</h2>
    <p>
      ${counted(sorted.length, 'firmware')} took ${duration(all)} of runs in all: median ${at(0.5)}, 90 %
      within ${at(0.9)}, longest ${duration(longest)}.
    </p>
    <h3>The slowest <span class="n">${Math.min(SLOWEST, sorted.length)}</span></h3>
    <ol class="times">
      ${sorted.slice(0, SLOWEST).map((cell) => bar(cell, longest))}
    </ol>
  </section>`;
}

const bar = ({ name, durationMs }: Cell, longest: number): TemplateResult =>
  html`<li>
    <a href="#matrix?fault=${name}">${name}</a>
    <span class="length" style="--share:${(durationMs / (longest || 1)).toFixed(4)}"></span>
    <span>${duration(durationMs)}</span>
  </li>`;

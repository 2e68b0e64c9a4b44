import { html, nothing, type TemplateResult } from 'lit-html';

import { table } from '../view/table.ts';
import { counted } from '../view/text.ts';
import type { ProofPageData } from './proof-data.ts';

/** Faults that one test alone catches: without that test they would survive. */
export function thinIce({ proof }: ProofPageData): TemplateResult {
  const thin = proof.matrix?.thinIce;
  const byName = new Map(proof.cells.map((cell) => [cell.name, cell]));
  return html`<section id="thin-ice" aria-labelledby="thin-ice-title">
    <h2 id="thin-ice-title">Thin ice ${thin ? html`<span class="n">${thin.length}</span>` : nothing}</h2>
    <p class="hint">Faults that one test alone catches.</p>
    ${
      thin
        ? table(
            ['Fault', 'its only test'],
            thin.map((name) => [name, byName.get(name)?.tests[0] ?? '']),
            'Every fault is caught by at least two tests.',
          )
        : html`<p class="none">
            Not known: a run ends at the first failure, unless <code>--every-test</code> is given.
          </p>`
    }
  </section>`;
}

/** Which tests are the first to catch a fault, and which never are. */
export function caughtFirst({ proof }: ProofPageData): TemplateResult {
  const tests = proof.matrix?.tests;
  return html`<section id="tests" aria-labelledby="tests-title">
    <h2 id="tests-title">Tests ${tests ? html`<span class="n">${tests.length}</span>` : nothing}</h2>
    ${
      tests
        ? ofTests(tests)
        : html`<p class="none">Only some firmwares were judged, so that nothing is said of the tests.</p>`
    }
  </section>`;
}

type Test = { readonly name: string; readonly caughtFirst: number };

function ofTests(tests: readonly Test[]): TemplateResult {
  const first = tests.filter(({ caughtFirst }) => caughtFirst > 0);
  const idle = tests.filter(({ caughtFirst }) => caughtFirst === 0);
  return html`<h3>Never the first to catch a fault <span class="n">${idle.length}</span></h3>
    ${idle.length === 0 ? html`<p class="none">Every test was the first to catch one.</p>` : nothing}
    ${[...new Set(idle.map(fileOf))].map((file) =>
      ofFile(
        file,
        idle.filter((test) => fileOf(test) === file),
      ),
    )}
    <h3>First to catch a fault <span class="n">${first.length}</span></h3>
    ${table(
      ['Faults', 'test'],
      first
        .sort((a, b) => b.caughtFirst - a.caughtFirst)
        .map((test) => [String(test.caughtFirst), test.name]),
      'No test caught one.',
    )}`;
}

const fileOf = ({ name }: Test): string => name.split(' › ', 1)[0]!;

const ofFile = (file: string, tests: readonly Test[]): TemplateResult =>
  html`<details>
    <summary><b>${file}</b> <span class="hint">${counted(tests.length, 'test')}</span></summary>
    <ul>
      ${tests.map(({ name }) => html`<li>${name.slice(file.length).replace(/^ › /, '')}</li>`)}
    </ul>
  </details>`;

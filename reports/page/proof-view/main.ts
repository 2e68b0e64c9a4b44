import { html, render, type TemplateResult } from 'lit-html';

import { type Address, readAddress } from '../view/address.ts';
import { readData } from '../view/read-data.ts';
import { caughtFirst, thinIce } from './caught-first.ts';
import { faultMatrix } from './fault-matrix.ts';
import { notCaught } from './not-caught.ts';
import type { ProofPageData } from './proof-data.ts';
import { proofMasthead } from './proof-masthead.ts';
import { proofTimes } from './proof-times.ts';
import { provedClauses } from './proved-clauses.ts';
import { sample } from './sample.ts';

const sections = [
  ['top', 'Outcome'],
  ['not-caught', 'Not caught'],
  ['sample', 'Sample'],
  ['matrix', 'Matrix'],
  ['clauses', 'Clauses'],
  ['thin-ice', 'Thin ice'],
  ['tests', 'Tests'],
  ['times', 'Times'],
] as const;

const sectionsOf = ({ proof }: ProofPageData) => sections.filter(([id]) => id !== 'sample' || proof.sample);

const page = (data: ProofPageData, address: Address): TemplateResult => html`
  ${proofMasthead(data)}
  <nav aria-label="sections">
    ${sectionsOf(data).map(
      ([id, text]) =>
        html`<a href="#${id}" aria-current=${address.section === id ? 'true' : 'false'}>${text}</a>`,
    )}
  </nav>
  <main class="proof">
    ${notCaught(data)} ${sample(data)} ${faultMatrix(data, address)} ${provedClauses(data, address)}
    ${thinIce(data)} ${caughtFirst(data)} ${proofTimes(data)}
  </main>
`;

const data = await readData<ProofPageData>();
const body = document.getElementById('page')!;
body.replaceChildren();

/** @param scroll whether somebody went to the address, so that what it names is to be in view */
function show(scroll: boolean): void {
  const address = readAddress(location.hash);
  render(page(data, address), body);
  if (!scroll) return;
  const row =
    address.fault !== ''
      ? `fault-${address.fault}`
      : address.section === 'clauses'
        ? `clause-${address.clause}`
        : '';
  (document.getElementById(row) ?? document.getElementById(address.section))?.scrollIntoView();
}

addEventListener('hashchange', (event) => show(event.isTrusted));
show(location.hash !== '');
document.documentElement.dataset['ready'] = 'true';

import { type Scenario, shownBy } from '../../harness/jest/suite.ts';
import { expectMasked } from '../records/expect-answers.ts';
import { numberedValues } from '../records/numbered-values.ts';
import { recordNamed } from '../records/records.ts';
import { inUseText } from '../records/snapshot-readings.ts';
import { type RoundArranged } from './arrange-round.ts';
import { recordsOf, type Round, savedNumber } from './rounds.ts';

const credentials = recordNamed('QDMPCFG 2');

/** Judges how a private key is shown while it is in use. Only after a reboot is the key in use known. */
export function judgeMask(scenario: Scenario<RoundArranged>, round: Round): void {
  if (!recordsOf(round, 'save').includes(credentials)) return;
  const [, key = ''] = numberedValues(credentials, savedNumber(round));
  scenario.clause(
    'CFG-MASK',
    `${round.name}: no more than four characters of the saved key are shown`,
    async ({ module }) => {
      const shown = await module.snapshot();
      const saved = shown.saved[credentials.name];
      for (const [reading, text] of [
        [saved, saved?.text ?? ''],
        [shown.inUse, inUseText(shown, credentials)],
      ] as const) {
        shownBy([reading], () => expectMasked(text, key));
      }
    },
  );
}

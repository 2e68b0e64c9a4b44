import { expect, notRun, type Scenario, shownBy } from '../../harness/jest/suite.ts';
import { expectMasked } from '../records/expect-answers.ts';
import { FORM_LENGTH, keyForm } from '../records/key-form.ts';
import { numberedValues } from '../records/numbered-values.ts';
import { recordNamed } from '../records/records.ts';
import { fieldsShown, inUseText } from '../records/snapshot-readings.ts';
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

/** Judges the form of a private key that is in use, in the round that brings one of the stated length into use. */
export function judgeKeyForm(scenario: Scenario<RoundArranged>, round: Round): void {
  if (!recordsOf(round, 'save').includes(credentials)) return;
  const [appKey, key = ''] = numberedValues(credentials, savedNumber(round));
  if (key.length !== FORM_LENGTH) return;
  scenario.clause(
    'CFG-MASK-FORM',
    `${round.name}: a key of eight characters in use is shown as four and four asterisks`,
    async ({ module }) => {
      const shown = await module.snapshot();
      const [appKeyInUse, keyInUse] = fieldsShown(credentials, inUseText(shown, credentials));
      if (appKeyInUse !== appKey) notRun('cannot be seen: other credentials are in use');
      shownBy([shown.inUse], () =>
        expect(keyInUse, 'a private key of eight characters as shown').toEqual(keyForm(key)),
      );
    },
  );
}

import {
  accessWrite,
  clause,
  type Exchange,
  expectNone,
  quote,
  readRecord,
  scenario,
  type TestModule,
} from '../harness/jest/suite.ts';
import { expectRecord } from './records/expect-record.ts';
import { saveLongKeys } from './records/long-keys.ts';
import { recordNamed, showsValues } from './records/records.ts';
import { credentialsValues } from './records/sample-values.ts';
import { type OpenTries, openTries } from './refusals/open-tries.ts';
import { saveWith } from './values/commands.ts';
import { findLongestAccepted } from './values/longest-accepted.ts';
import { informationText, readBack } from './values/open-inputs.ts';
import { otherCredentials } from './values/samples.ts';
import { exampleCharacters, otherCharacters, plainText } from './values/strings.ts';

/** Longer than any known firmware accepts (public clones of the command stop at 128); fits in a command line. */
const longestTried = 512;

const theCredentials = recordNamed('QDMPCFG 2');

/** Reads whether the other fields are as they were saved beside a long key; what is wrong is added to `spoilt`. */
async function noteSpoilt(
  module: TestModule,
  saved: typeof otherCredentials,
  what: string,
  spoilt: string[],
): Promise<void> {
  const { text, final } = await readRecord(module, theCredentials);
  if (!showsValues(theCredentials, text, credentialsValues(saved)))
    spoilt.push(`beside ${what}: ${text ?? final}`);
}

const NONE_SPOILT = 'credentials that read otherwise than they were saved';

clause(
  ['CFG-KEY-LENGTH', 'CFG-SAVE-2'],
  'the longest app key that comes back whole; the fields beside it stay whole',
  async ({ module, observe }) => {
    const spoilt: string[] = [];
    const longest = await findLongestAccepted(longestTried, async (length) => {
      const appKey = plainText(length);
      const { final } = await module.at(saveWith.appKey(quote(appKey)));
      if (final.kind !== 'OK' || !(await readsAppKey(module, appKey))) return false;
      await noteSpoilt(module, { ...otherCredentials, appKey }, `an app key of ${length} bytes`, spoilt);
      return true;
    });
    observe('CFG-KEY-LENGTH.app-key', longest);
    expectNone(NONE_SPOILT, spoilt);
  },
);

clause(
  ['CFG-KEY-LENGTH', 'CFG-SAVE-2'],
  'the longest private key that is accepted; the fields beside it stay whole',
  async ({ module, observe }) => {
    const spoilt: string[] = [];
    // Only four characters of it can be read back, so only the answer counts.
    const longest = await findLongestAccepted(longestTried, async (length) => {
      const password = plainText(length);
      const { final } = await module.at(saveWith.password(quote(password)));
      if (final.kind !== 'OK') return false;
      await noteSpoilt(module, { ...otherCredentials, password }, `a private key of ${length} bytes`, spoilt);
      return true;
    });
    observe('CFG-KEY-LENGTH.private-key', longest);
    expectNone(NONE_SPOILT, spoilt);
  },
);

/** Whether `=4,2` shows the whole app key, which may contain commas; ignores the private key. */
async function readsAppKey(module: TestModule, appKey: string): Promise<boolean> {
  const text = informationText(await module.access.send.query(2));
  return ['2,', '2, '].some((type) => text.startsWith(`${type}${appKey},`));
}

async function appKeyOutcome(module: TestModule, { final }: Exchange, appKey: string): Promise<string> {
  if (final.kind !== 'OK') return final.text;
  return (await readsAppKey(module, appKey)) ? 'OK, read back whole' : 'OK, not read back whole';
}

/** The credentials; what is shown of them is never observed here. */
const credentialsBack = readBack.tmlIMEI;

/** Tries a text as app key and as private key; returns the text of each observation. */
async function tryKeys(
  module: TestModule,
  tries: OpenTries,
  text: string,
): Promise<{ readonly appKey: string; readonly privateKey: string }> {
  const { tmlType, tmlImei } = otherCredentials;
  // Both at once, because a save wears NVRAM; separately only if that is refused.
  const both = await tries.exchange(
    accessWrite(2, quote(text), quote(text), tmlType, tmlImei),
    credentialsBack,
  );
  if (both.final.kind === 'OK') {
    return { appKey: await appKeyOutcome(module, both, text), privateKey: both.final.text };
  }
  const appKey = await appKeyOutcome(
    module,
    await tries.exchange(saveWith.appKey(quote(text)), credentialsBack),
    text,
  );
  const { final } = await tries.exchange(saveWith.password(quote(text)), credentialsBack);
  return { appKey, privateKey: final.text };
}

const rebootKinds = [
  ['reset-pin', 'a reset by the pin'],
  ['power-cycle', 'a power cycle'],
  ['supply-cut', 'a supply cut'],
] as const;

/** As many digits as an IMEI can have (CFG-IMEI-LENGTH). */
const longImei = '86370303082251927';

for (const [reboot, words] of rebootKinds) {
  // The rounds of the persistence matrix save keys and IMEIs that every module takes, which are shorter.
  const kept = scenario({ reboot, profile: 'release' }, async ({ module }) => {
    await module.access.saveMode(0);
    return saveLongKeys(module, longImei);
  });
  kept.clause(
    'CFG-PERSIST-KINDS',
    `keys and IMEI as long as the module takes them survive ${words}`,
    async (all) => expectRecord(theCredentials, await readRecord(all.module, theCredentials), all.arranged),
  );
}

const keyContents = [
  {
    title: 'what keys may hold: nothing, commas, non-ASCII bytes, punctuation',
    contents: {
      empty: '',
      comma: 'M1,00',
      'non-ascii': 'M1\xc3\xa900',
      'example-characters': exampleCharacters,
      'other-characters': otherCharacters,
    },
    profile: 'nightly',
  },
  {
    title: 'what keys may hold: blanks, a backslash, NULL',
    contents: { blanks: ' M1 00 ', backslash: 'M1\\00', NULL: 'NULL' },
    profile: 'release',
  },
] as const;

for (const { title, contents, profile } of keyContents) {
  clause(
    ['CFG-KEY-LENGTH', 'ERR-ATOMIC'],
    title,
    async ({ module, observe }) => {
      const tries = openTries(module);
      for (const [name, text] of Object.entries(contents)) {
        const { appKey, privateKey } = await tryKeys(module, tries, text);
        observe(`CFG-KEY-LENGTH.app-key.${name}`, appKey);
        observe(`CFG-KEY-LENGTH.private-key.${name}`, privateKey);
      }
      tries.expectAtomic();
    },
    { profile },
  );
}

clause(['CFG-KEY-UNQUOTED', 'ERR-ATOMIC'], 'keys without quotes', async ({ module, observe }) => {
  const { appKey, password } = otherCredentials;
  const tries = openTries(module);
  const tried = async (command: string) => (await tries.exchange(command, credentialsBack)).final.text;
  observe('CFG-KEY-UNQUOTED.app-key', await tried(saveWith.appKey(appKey)));
  observe('CFG-KEY-UNQUOTED.private-key', await tried(saveWith.password(password)));
  tries.expectAtomic();
});

/** Everything that suites may import of the harness. */
export type { Transcript } from '../at/at-client.ts';
export { accompanyingLines, unknownNames } from '../at/classify.ts';
export type { Exchange } from '../at/exchange.ts';
export type { RebootKind } from '../bc26/reboot.ts';
export { printedMeaning, sourceOfCode } from '../clauses/error-codes.ts';
export { access, accessStates, extended, extendedRecords, maxResponseMs } from '../clauses/limits.ts';
export { showsFields, splitFields } from '../cmdmp/answer.ts';
export { accessWrite, extendedWrite, quote, utf8 } from '../cmdmp/encode.ts';
export type { ExtendedType } from '../cmdmp/extended.ts';
export { type SavedRecord, savedRecords } from '../cmdmp/records.ts';
export {
  type Reading,
  readInUse,
  readRecord,
  sameConfiguration,
  type Snapshot,
  takeSnapshot,
} from '../cmdmp/snapshot.ts';
export type { PlatformEvent } from '../platform/lwm2m/events.ts';
export { wireAccounts } from './fixtures/accounts.ts';
export { checkSurvival, type RawInput } from './fixtures/check-survival.ts';
export {
  credentials,
  extendedSamples,
  longAccounts,
  longServers,
  numberedValues,
  numberOfValues,
  otherCredentials,
  otherExtendedSamples,
  otherServer,
  server,
} from './fixtures/own-values.ts';
export { wireStrings } from './fixtures/wire-values.ts';
export { type Arranged, arrangement, clause, type Scenario, scenario } from './host/clause.ts';
export type { CutMoment, Fixtures, TestModule } from './host/fixtures.ts';
export type { TestPlatform } from './host/platform.ts';
export type { Profile } from './host/profile.ts';
export { waitsInFull } from './host/waits-in-full.ts';
export type { Dialogue } from './property/dialogue.ts';
export { property } from './property/property.ts';
export type { Judge } from './property/property-run.ts';
export type { PropertyPlan } from './property/search.ts';
export { answerTo, exchangeInBrief } from './verdict/exchange-words.ts';
export { expect, expectNone, expectThat } from './verdict/expectation.ts';
export { shownBy } from './verdict/shown-by.ts';
export { inconclusive, notRun } from './verdict/undecided.ts';
export { default as fc } from 'fast-check';

import {
  expectNone,
  extendedRecords,
  inconclusive,
  notRun,
  type PlatformEvent,
  type TestModule,
  type TestPlatform,
} from '../../harness/jest/suite.ts';
import { extendedSamples } from '../values/samples.ts';
import type { StateStory } from './state-watch.ts';
import { isEvent, requireOnWire, waitForModule } from './story-events.ts';
import { READS_S } from './story-waits.ts';

type Read = Extract<PlatformEvent, { type: 'read' }>;
type Registered = Extract<PlatformEvent, { type: 'registered' }>;

/** Resources of object 666, instance 0: one list per extended record, in the order of its fields (CMDMP.md §1.5). */
export const resources = [
  [6602],
  [6603],
  [6604, 6605, 6606, 6607],
  [6608, 6609],
  [6610, 6611, 6612, 6613],
  [6614],
] as const;

const [firstResource, lastResource] = [resources.flat().at(0), resources.flat().at(-1)];

const isReadOf =
  ({ registration }: Registered) =>
  (event: PlatformEvent): event is Read =>
    event.type === 'read' && event.registration.location === registration.location;

/** Waits until the platform has read object 666 after a registration, or has found that the client lacks it. */
export async function waitForObjectRead(platform: TestPlatform, registered: Registered): Promise<void> {
  const isOfIt = isReadOf(registered);
  const isLast = (event: PlatformEvent): event is Read =>
    isOfIt(event) &&
    (event.resource === lastResource ||
      ['silent', 'reset'].includes(event.result.outcome) ||
      (event.resource === firstResource && event.result.outcome === 'refused'));
  await waitForModule(platform, isLast, {
    networkS: READS_S,
    after: registered.number,
    what: 'the last resource of object 666',
  });
}

/** The codes of a client that has no such object, or lets nobody read it (RFC 7252 §5.9.2). */
const withoutObject: readonly string[] = ['4.00', '4.01', '4.03', '4.04', '4.05', '4.06'];

const isAbsent = ({ result }: Read): boolean =>
  result.outcome === 'refused' && withoutObject.includes(result.code);

const isUndecryptable = ({ result }: Read): boolean => result.outcome === 'undecryptable';

const isNotFound = ({ result }: Read): boolean => result.outcome === 'refused' && result.code === '4.04';

/** What is wrong with an answer; undefined for a value, for a resource that does not exist, and for no answer. */
function describeFlaw({ resource, result }: Read): string | undefined {
  switch (result.outcome) {
    case 'undecryptable':
      return `${resource} cannot be decrypted`;
    case 'malformed':
      return `${resource} is malformed: ${result.reason}`;
    case 'refused':
      return result.code === '4.04' ? undefined : `${resource} is refused: ${result.code}`;
    case 'value':
    case 'silent':
    case 'reset':
      return undefined;
  }
}

/** That values are encrypted, that the object is there, and how, is inferred of other firmware (CMDMP.md §1.5). */
const NO_OBJECT = "the module's client serves no object 666 that may be read";
const OTHER_KEY =
  'the values of object 666 are encrypted with another key than the saved one, so they cannot be compared';

/** Whether the values are not encrypted at all: one of them is what was saved, or says that there is no information. */
function showsInClear(read: readonly Read[], { extended }: StateStory): boolean {
  const known = new Set([...extended.flat(), 'NULL']);
  return read.some(({ result }) => result.outcome === 'undecryptable' && known.has(result.raw));
}

/**
 * The content of object 666 after the story's nth registration (from 0): a list of values per extended record, with
 * `(not there)` for a resource that the client lacks. Any other answer fails. No answer is inconclusive, because a
 * packet may have been lost. A client without the object, or one that encrypts all of it with another key, cannot be judged:
 * not-run. One that encrypts nothing is judged by what it sends.
 */
export function objectAfter(story: StateStory, nth: number): string[][] {
  const registered = requireOnWire(
    story.events.filter(isEvent('registered'))[nth],
    story,
    `the module did not register ${nth + 1} times`,
  );
  const read = story.events.filter(isReadOf(registered));
  if (read.length > 0 && read.every(isAbsent)) return notRun(NO_OBJECT);
  const isInClear = read.length > 0 && read.every(isUndecryptable) && showsInClear(read, story);
  if (!isInClear && read.length > 0 && read.every(isUndecryptable)) return notRun(OTHER_KEY);
  if (!isInClear) {
    expectNone(
      'resources of object 666 that cannot be read',
      read.map(describeFlaw).filter((text) => text !== undefined),
    );
  }
  const valueOf = (resource: number): string => {
    const one = read.find((event) => event.resource === resource);
    if (one?.result.outcome === 'value') return one.result.text;
    if (isInClear && one?.result.outcome === 'undecryptable') return one.result.raw;
    if (one && isNotFound(one)) return '(not there)';
    return inconclusive(`resource ${resource} of object 666 was not answered: the network may have lost it`);
  };
  return resources.map((ids) => ids.map(valueOf));
}

/**
 * Saves every extended record with its longest strings, or with short ones where the module refuses these: other clauses
 * judge what it accepts.
 * @returns what was saved, by type; nothing where the module lacks the command
 */
export async function saveLongest(
  module: TestModule,
  longest: readonly (readonly string[])[],
): Promise<readonly (readonly string[])[]> {
  if (!module.has('AT+QDMPCFGEX')) return [];
  const saved: (readonly string[])[] = [];
  for (const { type } of extendedRecords) {
    const values = longest[type] ?? [];
    const { final } = await module.extended.send.save(type, values);
    saved[type] = final.kind === 'OK' ? values : extendedSamples[type];
    if (final.kind !== 'OK') await module.extended.save(type, extendedSamples[type]);
  }
  return saved;
}

/** Saves every extended record; `samples` holds its strings by type. */
export async function saveExtendedRecords(
  module: TestModule,
  samples: readonly (readonly string[])[],
): Promise<void> {
  for (const { type } of extendedRecords) await module.extended.save(type, samples[type] ?? []);
}

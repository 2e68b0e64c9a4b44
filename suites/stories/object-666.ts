import {
  extendedRecords,
  inconclusive,
  notRun,
  type PlatformEvent,
  type TestModule,
  type TestPlatform,
} from '../../harness/jest/suite.ts';
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

/**
 * The content of object 666 after the story's nth registration (from 0): a list of values per extended record, with
 * `(not there)` for a resource that the client lacks. Any other answer fails. No answer is inconclusive, because a
 * packet may have been lost. A client without the object cannot be judged: not-run.
 */
export function objectAfter(story: StateStory, nth: number): string[][] {
  const registered = requireOnWire(
    story.events.filter(isEvent('registered'))[nth],
    story,
    `the module did not register ${nth + 1} times`,
  );
  const read = story.events.filter(isReadOf(registered));
  expect(read.map(describeFlaw).filter((text) => text !== undefined)).toEqual([]);
  if (read.length > 0 && read.every(isNotFound)) return notRun("the module's client serves no object 666");
  const valueOf = (resource: number): string => {
    const one = read.find((event) => event.resource === resource);
    if (one?.result.outcome === 'value') return one.result.text;
    if (one && isNotFound(one)) return '(not there)';
    return inconclusive(`resource ${resource} of object 666 was not answered: the network may have lost it`);
  };
  return resources.map((ids) => ids.map(valueOf));
}

/** Saves every extended record; `samples` holds its strings by type. */
/** Saves every extended record; `samples` holds its strings by type. */
export async function saveExtendedRecords(
  module: TestModule,
  samples: readonly (readonly string[])[],
): Promise<void> {
  for (const { type } of extendedRecords) await module.extended.save(type, samples[type] ?? []);
}

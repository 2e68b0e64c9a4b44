import {
  extendedRecords,
  inconclusive,
  notRun,
  type PlatformEvent,
  type TestModule,
  type TestPlatform,
} from '../../harness/jest/suite.ts';
import { type Enrolment, resources } from './enrolment.ts';
import type { StateStory } from './state-watch.ts';
import { isEvent, isRequest, requireOnWire, waitForModule } from './story-events.ts';
import { READS_S } from './story-waits.ts';

type Read = Extract<PlatformEvent, { type: 'read' }>;
type Registered = Extract<PlatformEvent, { type: 'registered' }>;

const [firstResource, lastResource] = [resources.flat().at(0), resources.flat().at(-1)];

const isReadOf =
  ({ registration }: Registered) =>
  (event: PlatformEvent): event is Read =>
    event.type === 'read' && event.registration.location === registration.location;

/** Waits until the platform has read object 666 after the registration, or has found that there is none. */
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

/** A value that is none, in words; undefined for one that is, for a resource that is not there, and for no answer. */
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
 * What object 666 held after the story's nth registration, by extended record: the values of its fields, and
 * `(not there)` for a resource that the client has not. Any other answer fails; none is no fault that anybody can tell
 * from a lost packet: inconclusive. A client without the object cannot be judged: not-run.
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

export async function saveExtendedRecords(
  module: TestModule,
  samples: readonly (readonly string[])[],
): Promise<void> {
  for (const { type } of extendedRecords) await module.extended.save(type, samples[type] ?? []);
}

/** The story's first registration request, which the clauses on the endpoint name judge. */
const registrationOf = (story: StateStory): Extract<PlatformEvent, { type: 'requested' }> =>
  requireOnWire(story.events.find(isRequest('register')), story, 'the module sent no registration');

/** The module contacts the platform at all. */
export function expectContact(story: StateStory): void {
  const contact = story.events.find(isRequest('register'));
  // Where its silence says nothing of the module, this ends the test.
  if (!story.reached || story.strangers.some(isRequest('register')))
    requireOnWire(contact, story, 'the module sent no registration');
  expect(contact).toBeDefined();
}

/** The saved private key decrypts the endpoint name. */
export function expectKey(story: StateStory): void {
  expect({ decrypted: registrationOf(story).endpoint !== undefined }).toEqual({ decrypted: true });
}

/** Terminal type, app key and IMEI stand in the endpoint name. */
export function expectName(story: StateStory, { letter, appKey, tmlImei }: Enrolment): void {
  const { request, endpoint } = registrationOf(story);
  const [shownLetter, , shownAppKey] = (request.query.find((item) => item.startsWith('ep=')) ?? '')
    .slice(3)
    .split('@#@');
  expect({ letter: shownLetter, appKey: shownAppKey }).toEqual({ letter, appKey });
  const { identity } = requireOnWire(endpoint, story, 'the saved key does not decrypt the endpoint name');
  expect(identity.imei1).toBe(tmlImei);
}

/** The lifetime registered is the saved update period, or 46 s more: the two mappings known. */
export function expectLifetime(story: StateStory, period: number): void {
  const lifetime = registrationOf(story).request.query.find((item) => item.startsWith('lt='));
  expect([`lt=${period}`, `lt=${period + 46}`]).toContain(lifetime);
}

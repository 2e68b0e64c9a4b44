import { extendedRecords, inconclusive, notRun } from '../harness/jest/suite.ts';
import type { PlatformEvent, TestModule, TestPlatform } from '../harness/jest/suite.ts';
import type { Enrolment } from './dm-samples.ts';
import { resources } from './dm-samples.ts';
import { awaited, given, isOf, isRequest } from './dm-story.ts';
import type { StateStory } from './state-watch.ts';
import { READS_S } from './story-waits.ts';

const lastResource = resources.flat().at(-1);

/** Waits until the platform has read object 666 after the registration, or has found that there is none. */
export async function objectRead(
  platform: TestPlatform,
  { number }: Extract<PlatformEvent, { type: 'registered' }>,
): Promise<void> {
  const isLast = (event: PlatformEvent): event is Extract<PlatformEvent, { type: 'read' }> =>
    event.type === 'read' &&
    (event.resource === lastResource || !['value', 'undecryptable'].includes(event.result.outcome));
  await awaited(platform, isLast, {
    networkS: READS_S,
    after: number,
    what: 'the last resource of object 666',
  });
}

/**
 * What object 666 held after the story's nth registration, by extended record: the values of its fields.
 * A client without the object cannot be judged: not-run.
 */
export function infoAfter({ events }: StateStory, nth: number): string[][] {
  const registrations = events.filter(isOf('registered'));
  const from = registrations[nth] ?? notRun(`the module did not register ${nth + 1} times`);
  const to = registrations[nth + 1]?.number ?? Infinity;
  const read = events.filter(isOf('read')).filter(({ number }) => number > from.number && number < to);
  if (!read.some(({ result }) => ['value', 'undecryptable'].includes(result.outcome))) {
    return notRun("the module's client serves no object 666");
  }
  const valueOf = (resource: number): string => {
    const result = read.find((event) => event.resource === resource)?.result;
    if (!result) return inconclusive(`resource ${resource} of object 666 was not read: the network lost it`);
    return result.outcome === 'value' ? result.text : `(${result.outcome})`;
  };
  return resources.map((ids) => ids.map(valueOf));
}

export async function saveAll(module: TestModule, samples: readonly (readonly string[])[]): Promise<void> {
  for (const { type } of extendedRecords) await module.extended.save(type, samples[type] ?? []);
}

/** The story's first registration request, which the clauses on the endpoint name judge. */
const registrationOf = (story: StateStory): Extract<PlatformEvent, { type: 'requested' }> =>
  given(story.events.find(isRequest('register')), story, 'the module sent no registration');

/** The module contacts the platform at all. */
export function expectContact(story: StateStory): void {
  const contact = story.events.find(isRequest('register'));
  // Where its silence says nothing of the module, this ends the test.
  if (!story.reached || story.strangers.some(isRequest('register')))
    given(contact, story, 'the module sent no registration');
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
  const { identity } = given(endpoint, story, 'the saved key does not decrypt the endpoint name');
  expect(identity.imei1).toBe(tmlImei);
}

/** The lifetime registered is the saved update period, or 46 s more: the two mappings known. */
export function expectLifetime(story: StateStory, period: number): void {
  const lifetime = registrationOf(story).request.query.find((item) => item.startsWith('lt='));
  expect([`lt=${period}`, `lt=${period + 46}`]).toContain(lifetime);
}

import { expect, expectThat, type PlatformEvent } from '../../harness/jest/suite.ts';
import type { Enrolment } from './enrolment.ts';
import type { StateStory } from './state-watch.ts';
import { isRequest, requireOnWire } from './story-events.ts';

/** The story's first registration request; ends the test if there is none. */
const registrationOf = (story: StateStory): Extract<PlatformEvent, { type: 'requested' }> =>
  requireOnWire(story.events.find(isRequest('register')), story, 'the module sent no registration');

/** Expects that the module contacts the platform. */
export function expectContact(story: StateStory): void {
  const contact = story.events.find(isRequest('register'));
  // Ends the test if the silence may not be the module's fault.
  if (!story.reached || story.strangers.some(isRequest('register')))
    requireOnWire(contact, story, 'the module sent no registration');
  expectThat('the registration at the platform', {
    holds: contact !== undefined,
    expected: 'one',
    got: 'none',
  });
}

/** Expects that the saved private key decrypts the endpoint name. */
export function expectKey(story: StateStory): void {
  expectThat('the endpoint name', {
    holds: registrationOf(story).endpoint !== undefined,
    expected: 'one that the saved private key decrypts',
    got: 'one that it does not decrypt',
  });
}

/** Expects terminal type, app key and IMEI in the endpoint name. */
export function expectName(story: StateStory, { letter, appKey, tmlImei }: Enrolment): void {
  const { request, endpoint } = registrationOf(story);
  const [shownLetter, , shownAppKey] = (request.query.find((item) => item.startsWith('ep=')) ?? '')
    .slice(3)
    .split('@#@');
  const shown = { 'letter of the terminal type': shownLetter, 'app key': shownAppKey };
  expect(shown, 'the endpoint name').toEqual({ 'letter of the terminal type': letter, 'app key': appKey });
  const { identity } = requireOnWire(endpoint, story, 'the saved key does not decrypt the endpoint name');
  expect(identity.imei1, 'the IMEI in the endpoint name').toEqual(tmlImei);
}

/** Expects a registered lifetime of the saved update period, or 46 s more: both are known of real clients. */
export function expectLifetime(story: StateStory, period: number): void {
  const lifetime = registrationOf(story).request.query.find((item) => item.startsWith('lt='));
  const allowed = [`lt=${period}`, `lt=${period + 46}`];
  expect(lifetime ?? 'none', 'the lifetime registered').toBeOneOf(allowed);
}

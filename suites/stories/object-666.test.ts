import type { PlatformEvent } from '../../harness/jest/suite.ts';
import { objectAfter, resources } from './object-666.ts';
import type { StateStory } from './state-watch.ts';

const registration = { location: '/rd/one' };
const all = resources.flat();
const fields = resources.map((ids) => ids.map(String));

/** A story in which each resource gave this result after its registration, mixed with reads of another one. */
function story(resultOf: (resource: number) => object | undefined): StateStory {
  const other = { location: '/rd/before' };
  const happened: object[] = [{ type: 'registered', registration }];
  for (const resource of all) {
    happened.push({ type: 'read', registration: other, resource, result: { outcome: 'silent' } });
    const result = resultOf(resource);
    if (result) happened.push({ type: 'read', registration, resource, result });
  }
  const events = happened.map((event, index) => ({ ...event, number: index + 1 }) as PlatformEvent);
  return { events, strangers: [], reached: true, extended: fields } as unknown as StateStory;
}

const value = (resource: number) => ({ outcome: 'value', text: String(resource) });
const last = (result: object | undefined) =>
  story((resource) => (resource === 6614 ? result : value(resource)));

function outcomeOf(watched: StateStory): unknown {
  try {
    return objectAfter(watched, 0);
  } catch (thrown) {
    return thrown;
  }
}

test('object 666 has the values read after that registration', () => {
  expect(objectAfter(story(value), 0)).toEqual(fields);
});

test.each([
  ['no answer', { outcome: 'silent' }],
  ['a reset', { outcome: 'reset' }],
  ['a reading that stopped before it', undefined],
])('%s decides nothing', (_, result) => {
  expect(outcomeOf(last(result))).toMatchObject({ undecided: 'inconclusive' });
});

test('a value that cannot be decrypted fails where others can', () => {
  expect(() => objectAfter(last({ outcome: 'undecryptable', raw: '' }), 0)).toThrow(
    /expected none, got (6614|13: )/,
  );
});

test('values that are all encrypted with another key cannot be judged', () => {
  const other = story(() => ({ outcome: 'undecryptable', raw: 'fGa51chM15tBqhOApNqTYA==' }));
  expect(outcomeOf(other)).toMatchObject({ undecided: 'not-run' });
});

test('values in clear are judged as they are', () => {
  expect(
    objectAfter(
      story((resource) => ({ outcome: 'undecryptable', raw: String(resource) })),
      0,
    ),
  ).toEqual(fields);
});

test.each([
  ['a malformed value', { outcome: 'malformed', reason: 'cut short' }],
  ['an error other than 4.04', { outcome: 'refused', code: '5.00' }],
])('%s fails, alone or everywhere', (_, result) => {
  expect(() => objectAfter(last(result), 0)).toThrow(/expected none, got (6614|13: )/);
  expect(() =>
    objectAfter(
      story(() => result),
      0,
    ),
  ).toThrow(/expected none, got (6614|13: )/);
});

test('a client without the object is not judged, one that lacks a resource is', () => {
  const missing = { outcome: 'refused', code: '4.04' };
  for (const code of ['4.04', '4.05']) {
    const first = story((resource) => (resource === 6602 ? { outcome: 'refused', code } : undefined));
    expect(outcomeOf(first)).toMatchObject({ undecided: 'not-run' });
  }
  expect(objectAfter(last(missing), 0).flat().at(-1)).toBe('(not there)');
});

test('a client that never answers does not count as one without the object', () => {
  const silent = story((resource) => (resource === 6602 ? { outcome: 'silent' } : undefined));
  expect(outcomeOf(silent)).toMatchObject({ undecided: 'inconclusive' });
});

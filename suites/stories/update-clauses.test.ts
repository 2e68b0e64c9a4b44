import { tell, told } from './told-story.fixture.ts';
import { lateUpdates, requireWaitedFor } from './update-clauses.ts';

/** Updates that were accepted a second after they came. @param times when they came, s */
function late(times: readonly number[]): readonly string[] {
  const story = tell([
    [10, told.register()],
    [11, told.registered],
    ...times.flatMap((s): (readonly [number, object])[] => [
      [s, told.update()],
      [s + 1, told.updated],
    ]),
  ]);
  const registered = story.events.find((event) => event.type === 'registered');
  const updated = story.events.filter((event) => event.type === 'updated');
  return lateUpdates(story, { registered, updated }, 3);
}

test.each([
  ['three within the lifetime', [280, 550, 820], []],
  ['at its very end', [311, 612, 913], []],
  ['none at all', [], ['update 1 of 3 never came']],
  ['no second one', [280], ['update 2 of 3 never came']],
  ['a third one that is late', [280, 550, 900], ['update 3 came after 349.0 s of network time']],
])('updates: %s', (_, times, expected) => {
  expect(late(times)).toEqual(expected);
});

test('an update to another location than the one given is named, though it came in time', () => {
  const story = tell([
    [10, told.register()],
    [11, told.registered],
    [280, told.update(undefined, undefined, '/rd/elsewhere')],
    [281, told.refused],
  ]);
  const registered = story.events.find((event) => event.type === 'registered');
  expect(lateUpdates(story, { registered, updated: [] }, 3)).toEqual([
    'update 1 went to another location than the one given at the registration',
  ]);
});

test('a lifetime longer than the wait for an update leaves it open whether one comes', () => {
  expect(() => requireWaitedFor(3000)).toThrow(expect.objectContaining({ undecided: 'not-run' }) as Error);
  expect(() => requireWaitedFor(346)).not.toThrow();
});

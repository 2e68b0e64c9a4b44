import { followedEarly, nextUpdateAfterS, triesAgain } from './mid-life.ts';
import { tell, told } from './told-story.fixture.ts';

const before = [
  [10, told.register()],
  [11, told.registered],
] as const;
/** What a story shows after its second event. */
const early = (...events: readonly (readonly [number, object])[]) =>
  followedEarly(tell([...before, ...events]), 2);

test('requests that are as before show nothing', () => {
  expect(early([280, told.update()], [281, told.refused], [290, told.register()])).toEqual([]);
});

test.each([
  ['an app key', told.update('epi=L@#@AAAA@#@M2'), 'update: appKey was M1, and is M2'],
  ['a terminal type', told.update('epi=A@#@AAAA@#@M1'), 'update: letter was L, and is A'],
  ['an IMEI', told.update('epi=L@#@AAAA@#@M1', '2'), 'update: imei was 1, and is 2'],
  [
    'a key',
    { ...told.update(), endpoint: undefined },
    'update: imei was 1, and is encrypted with another key',
  ],
  ['a period', told.register('ep=L@#@AAAA@#@M1', 'lt=420'), 'register: lifetime was lt=300, and is lt=420'],
])('%s that is in use before the reboot is named', (_, event, expected) => {
  expect(early([280, event])).toEqual([expected]);
});

test('what came before the change does not count, nor an update without a name', () => {
  expect(followedEarly(tell([...before, [280, told.update('epi=A@#@AAAA@#@M1')]]), 3)).toEqual([]);
  expect(early([280, { ...told.update(), request: { step: 'update', query: [] } }])).toEqual([]);
});

test('a module tries again if it was seen to register after a failure', () => {
  const failed = [...before, [20, told.update()], [21, told.refused]] as const;
  expect(triesAgain([tell(before), tell(failed)])).toBe(false);
  expect(triesAgain([tell(before), tell([...failed, [30, told.register()]])])).toBe(true);
});

test('the update after the change is measured from the last before it, also from one that nobody waited for', () => {
  const updates = [100, 280, 460, 640].flatMap((s) => [
    [s, told.update()] as const,
    [s + 1, told.updated] as const,
  ]);
  expect(nextUpdateAfterS(tell([...before, ...updates]), 8)).toBe(179);
  expect(nextUpdateAfterS(tell([...before, ...updates]), 10)).toBeUndefined();
});

import { perhapsLost, registeredAgain } from './registered-once.ts';
import { tell, told } from './told-story.fixture.ts';

const first = [
  [10, told.register()],
  [11, told.registered],
] as const;
const again = [31, told.register()] as const;
const found = (...args: Parameters<typeof tell>) => {
  const story = tell(...args);
  return [registeredAgain(story), perhapsLost(story)];
};
const text = ['registered again 20.0 s after it was accepted'];

test('a registration that was accepted is not made again', () => {
  expect(found(first)).toEqual([[], []]);
  expect(found([...first, again])).toEqual([text, []]);
});

test('it may be where the answer was lost on the air: the module sent a copy, or shows that it was not answered', () => {
  expect(found([...first, again], { copies: [10, 14] })).toEqual([[], text]);
  expect(found([...first, again], { shown: [[30, 8]] })).toEqual([[], text]);
});

test.each([
  ['an update was refused', [[20, told.update()], [21, told.refused], again]],
  ['an update was not answered', [[20, told.update()], [21, { ...told.unanswered, step: 'update' }], again]],
  ['the lifetime has passed', [[320, told.register()]]],
] as const)('it may be after %s', (_, more) => {
  expect(found([...first, ...more])).toEqual([[], []]);
});

import { clockMistake, soundDate } from './machine-date.ts';

const lost = new Date(0);
const right = new Date('2031-05-06T07:08:09Z');

test('a clock that has lost its time is named, and judges no expiry', () => {
  expect(clockMistake(lost)).toMatch(/shows 1970-01-01, .* 2026-01-01$/);
  expect(soundDate(lost)).toEqual(new Date('2026-01-01T00:00:00Z'));
});

test('any other is taken as it is', () => {
  expect(clockMistake(right)).toBeUndefined();
  expect(soundDate(right)).toBe(right);
});

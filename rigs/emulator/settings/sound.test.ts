import { settingSpecs } from './settings.ts';
import { soundValues } from './sound.ts';

const varied = Object.entries(soundValues).flatMap(([name, values]) =>
  values === null ? [] : [{ name: name as keyof typeof settingSpecs, values: Object.keys(values) }],
);

test('every sound value is one that its setting takes', () => {
  const refused = varied.flatMap(({ name, values }) =>
    values.filter((value) => settingSpecs[name].read(value) === undefined).map((value) => `${name} ${value}`),
  );
  expect(refused).toEqual([]);
});

test('every setting in which sound modules differ has more than one value', () => {
  expect(varied.filter(({ values }) => values.length < 2)).toEqual([]);
});

import { refusedNames } from './emulator-names.ts';

test('names that the emulator knows', async () => {
  expect(await refusedNames({ faults: ['wedges'], settings: { bootMs: 200 } })).toBeUndefined();
  expect(await refusedNames({ faults: [], settings: {} })).toBeUndefined();
});

test.each([
  [
    { faults: ['wedges', 'wdges'], settings: {} },
    /^no fault is called "wdges" \(did you mean wedges\?\); [^\n]*$/,
  ],
  [
    { faults: ['nope'], settings: {} },
    /^no fault is called "nope"; bc26-hil emulate --faults lists them all$/,
  ],
  [{ faults: [], settings: { bootms: 200 } }, /^no setting is called "bootms" \(did you mean bootMs/],
  [{ faults: [], settings: { bootMs: 'long' } }, /^setting bootMs takes /],
])('%j has one that it refuses', async (names, text) => {
  expect(await refusedNames(names)).toMatch(text);
});

import { nearest } from './nearest.ts';

describe('nearest', () => {
  const known = ['CFG-TEST', 'CFG-TIME', 'EX-TEST', 'CFG-PERIOD-RANGE'];

  test('suggests the closest first and ignores case', () => {
    expect(nearest('cfg-teme', known)).toEqual(['CFG-TIME', 'CFG-TEST']);
  });

  test('suggests nothing for what resembles nothing', () => {
    expect(nearest('platform', known)).toEqual([]);
  });

  test('gives no more than asked for', () => {
    expect(nearest('CFG-TEXT', known, 1)).toEqual(['CFG-TEST']);
  });

  test('bounds the work for text of any length', () => {
    expect(nearest('x'.repeat(1_000_000), known)).toEqual([]);
  });
});

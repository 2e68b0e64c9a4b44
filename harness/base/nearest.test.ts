import { didYouMean } from './nearest.ts';

describe('did you mean', () => {
  const known = ['CFG-TEST', 'CFG-TIME', 'EX-TEST', 'CFG-PERIOD-RANGE'];

  test('suggests the closest first, each once, and ignores case', () => {
    expect(didYouMean('cfg-teme', [...known, 'CFG-TIME'])).toBe(' (did you mean CFG-TIME or CFG-TEST?)');
  });

  test('suggests nothing for what resembles nothing', () => {
    expect(didYouMean('platform', known)).toBe('');
  });

  test('suggests three names at most', () => {
    const many = Array.from({ length: 20 }, (_, number) => `CFG-TES${number}`);
    expect(didYouMean('CFG-TEST', many)).toBe(' (did you mean CFG-TES0 or CFG-TES1 or CFG-TES2?)');
  });

  test('bounds the work for text of any length', () => {
    expect(didYouMean('x'.repeat(1_000_000), known)).toBe('');
  });
});

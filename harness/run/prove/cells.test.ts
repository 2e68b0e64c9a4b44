import { listFaults } from '../../../rigs/control/emulator-faults.ts';
import { cellsOf } from './cells.ts';

const known = ['one', 'two', 'three'].map((id, index) => ({
  id,
  describe: `is wrong in way ${index + 1}`,
  breaks: [`CFG-READ-${index}`],
}));
const all = { faults: [], clauses: null, shard: null, seed: 7 };
const names = (choice: Partial<Parameters<typeof cellsOf>[1]>) =>
  cellsOf(known, { ...all, ...choice }).map(({ name }) => name);

test('all faults are judged in their order, then sound modules with other seeds', () => {
  expect(names({})).toEqual(['one', 'two', 'three', ...[1, 2, 3, 4, 5].map((n) => `healthy-${n}`)]);
  expect(
    cellsOf(known, all)
      .slice(-2)
      .map(({ seed }) => seed),
  ).toEqual([10, 11]);
});

test('faults may be chosen by id, and by the clauses that they break', () => {
  expect(names({ faults: ['two'] })).toEqual(['two']);
  expect(names({ clauses: new Set(['CFG-READ-2']) })).not.toContain('one');
});

test('an unknown fault is refused with the nearest', () => {
  expect(() => names({ faults: ['thre'] })).toThrow('the emulator has no fault thre (did you mean three?)');
});

test('a fault that breaks what is no clause is refused with the nearest', () => {
  const mistyped = [{ id: 'four', describe: 'is wrong', breaks: ['CFG-READ', 'CFG-REDA-1'] }];
  expect(() => cellsOf(mistyped, all)).toThrow(
    'the fault four breaks CFG-REDA-1, which is no clause (did you mean CFG-READ-1 or CFG-READ',
  );
});

test('the faults of the emulated module break known clauses', async () => {
  const faults = await listFaults();
  expect(cellsOf(faults, all).filter(({ kind }) => kind === 'fault')).toHaveLength(faults.length);
});

test('shards hold every firmware once', () => {
  const parts = [1, 2, 3].map((part) => names({ shard: { part, parts: 3 } }));
  expect(parts.flat().sort()).toEqual(names({}).sort());
  expect(parts[0]).toEqual(['one', 'healthy-1', 'healthy-4']);
});

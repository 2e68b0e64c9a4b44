import { listFaults } from '../../../rigs/control/emulator-faults.ts';
import { listSoundSettings } from '../../../rigs/control/emulator-settings.ts';
import { clauseById } from '../../clauses/catalogue.ts';
import { cellsOf, needsGenerated } from './cells.ts';

const known = ['one', 'two', 'three'].map((id, index) => ({
  id,
  describe: `is wrong in way ${index + 1}`,
  breaks: [`CFG-READ-${index}`],
  file: '',
}));
const settings = [
  {
    name: 'queryEmpty',
    values: [
      { value: 'defaults', departs: [] },
      { value: 'error', departs: [] },
    ],
  },
  {
    name: 'ipQuoted',
    values: [
      { value: 'refused', departs: [] },
      { value: 'required', departs: ['CFG-IP-UNQUOTED'] },
    ],
  },
];
const all = { faults: [], clauses: null, controls: null, shard: null, seed: 7 };
const cells = (choice: Partial<Parameters<typeof cellsOf>[1]>) =>
  cellsOf({ faults: known, settings }, { ...all, ...choice });
const names = (choice: Parameters<typeof cells>[0]) => cells(choice).map(({ name }) => name);

test('all faults are judged in their order, then the sound module with other seeds', () => {
  const healthy = [1, 2, 3, 4, 5].map((n) => `healthy-${n}`);
  expect(names({})).toEqual(['one', 'two', 'three', ...healthy]);
  const seeds = cells({ controls: 'healthy-*' }).map(({ seed }) => seed);
  expect(seeds).toEqual([7, 8, 9, 10, 11]);
});

test('faults may be chosen by id, and by the clauses that they break', () => {
  expect(names({ faults: ['two'] })).toEqual(['two']);
  expect(names({ clauses: new Set(['CFG-READ-2']) })).not.toContain('one');
});

test('modules that differ where the note is silent are judged when they are asked for, without faults', () => {
  expect(names({ controls: 'pairs-*,random-*' })).toEqual([
    ...[1, 2, 3, 4].map((n) => `pairs-${n}`),
    ...Array.from({ length: 50 }, (_, index) => `random-${index + 1}`),
  ]);
});

test('sound modules may be chosen by name, without faults', () => {
  expect(names({ controls: 'healthy-2, PAIRS-*' })).toEqual([
    ...['healthy-2', 'pairs-1', 'pairs-2', 'pairs-3', 'pairs-4'],
  ]);
  expect(() => names({ controls: 'sick-*' })).toThrow('--control: no sound module is called sick-*');
});

test('chosen controls are judged beside chosen faults', () => {
  expect(names({ faults: ['two'], controls: 'healthy-1' })).toEqual(['two', 'healthy-1']);
});

test('a module that departs from clauses is known for them', () => {
  const quoted = cells({ controls: 'pairs-*' }).filter(
    ({ variant }) => variant?.settings['ipQuoted'] === 'required',
  );
  expect(quoted.map(({ variant }) => variant?.departs)).toEqual([['CFG-IP-UNQUOTED'], ['CFG-IP-UNQUOTED']]);
});

test('modules are drawn by the seed', () => {
  const drawn = (seed: number) =>
    cells({ controls: 'random-*', seed }).map(({ variant }) => variant?.settings);
  expect(drawn(7)).toEqual(drawn(7));
  expect(drawn(7)).not.toEqual(drawn(8));
});

test('an unknown fault is refused with the nearest', () => {
  expect(() => names({ faults: ['thre'] })).toThrow('the emulator has no fault thre (did you mean three?)');
});

test('a fault that breaks what is no clause is refused with the nearest', () => {
  const mistyped = [{ id: 'four', describe: 'is wrong', breaks: ['CFG-READ', 'CFG-REDA-1'], file: '' }];
  expect(() => cellsOf({ faults: mistyped, settings }, all)).toThrow(
    'the fault four breaks CFG-REDA-1, which is no clause (did you mean CFG-READ-1 or CFG-READ',
  );
});

test('the faults of the emulated module break known clauses', async () => {
  const faults = await listFaults();
  expect(cellsOf({ faults, settings }, all).filter(({ kind }) => kind === 'fault')).toHaveLength(
    faults.length,
  );
});

test('shards hold every firmware once', () => {
  const parts = [1, 2, 3].map((part) => names({ shard: { part, parts: 3 } }));
  expect(parts.flat().sort()).toEqual(names({}).sort());
  expect(parts[0]?.slice(0, 3)).toEqual(['one', 'healthy-1', 'healthy-4']);
});

test('a module whose object 666 shows at once what was saved departs from the clause that the object shows it', async () => {
  const values = (await listSoundSettings()).find(({ name }) => name === 'exInUse')?.values;
  expect(values).toContainEqual({ value: 'at-once', departs: ['EX-APPLY-WIRE'] });
});

test('what sound modules depart from are clauses that may be waived', async () => {
  const departs = (await listSoundSettings()).flatMap(({ values }) =>
    values.flatMap((value) => value.departs),
  );
  expect(departs.filter((id) => !['E', 'I'].includes(clauseById(id).status))).toEqual([]);
});

const generated = Array.from({ length: 40 }, (_, index) => ({
  ...{ id: `gen.cut.place-${index}`, describe: 'is cut', breaks: ['CFG-READ-1'], file: '' },
  ...{ operator: 'cut', place: 'place' },
}));
const drawn = (choice: Partial<Parameters<typeof cellsOf>[1]>) =>
  cellsOf({ faults: known, generated, settings }, { ...all, ...choice });

test('a sample of the generated faults is judged alone, and its shards make the whole', () => {
  const whole = drawn({ generated: 10 }).map(({ name }) => name);
  expect(whole).toHaveLength(10);
  expect(whole.every((name) => name.startsWith('gen.'))).toBe(true);
  const parts = [1, 2].map((part) => drawn({ generated: 10, shard: { part, parts: 2 } }));
  expect(
    parts
      .flat()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(whole.toSorted());
});

test('a generated fault may be chosen by its id, and knows its operator and its place', () => {
  const choice = { faults: ['gen.cut.place-7'] };
  expect(needsGenerated(choice)).toBe(true);
  expect(drawn(choice)).toMatchObject([
    { name: 'gen.cut.place-7', generated: { operator: 'cut', place: 'place' } },
  ]);
  expect(drawn({}).some(({ name }) => name.startsWith('gen.'))).toBe(false);
});

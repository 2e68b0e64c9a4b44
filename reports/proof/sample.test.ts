import { proofCellOf, proofOf } from './proof.fixture.ts';
import { proofTable } from './proof-table.ts';
import { proofText } from './proof-text.ts';
import { sampleOf } from './sample.ts';

const cell = (name: string, operator: string, own: Parameters<typeof proofCellOf>[1] = {}) =>
  proofCellOf(name, { generated: { operator, place: 'access.read' }, ...own });

const cells = [
  cell('gen.cut.one', 'cut'),
  cell('gen.late.one', 'late'),
  cell('gen.late.two', 'late', { outcome: 'survived', failed: [], why: 'exit code 0' }),
  cell('gen.lost.one', 'lost', { outcome: 'undecided', failed: [] }),
];
const sample = sampleOf(cells, { drawn: 4, of: 2_000 });

test('a sample counts what is undecided as not caught, and has the least caught first', () => {
  expect(sample.all).toMatchObject({ caught: 2, judged: 4 });
  expect(sample.operators.map(({ name, caught, judged }) => [name, caught, judged])).toEqual([
    ['lost', 0, 1],
    ['late', 1, 2],
    ['cut', 1, 1],
  ]);
  expect(sample.places).toHaveLength(1);
});

test('its text begins with the survivors and how to repeat them, then has the share with its interval', () => {
  const text = proofText(proofOf(cells, { seed: 7, sample }));
  expect(text).toMatch(/^Survivors: .+\n {2}gen\.late\.two: /);
  expect(text).toContain('again: bc26-hil prove --fault gen.late.two --seed 7\n');
  expect(text).toContain(
    'Of 4 generated faults, drawn from 2000, the suites caught 2 of 4 (50.0 %, 95 % interval 15.0 % to 85.0 %)\n',
  );
  expect(text).toContain('operator late: 1 of 2');
  expect(text).not.toContain('operator cut:');
});

test('the table has every operator and every place', () => {
  const table = proofTable(proofOf(cells, { sample }));
  expect(table).toMatch(/by operator\n {2}lost: .+\n {2}late: .+\n {2}cut: 1 of 1 \(100\.0 %/);
  expect(table).toContain('  access.read: 2 of 4');
});

test('a sample of which nothing was judged says so', () => {
  const none = sampleOf([], { drawn: 4, of: 2_000 });
  expect(proofText(proofOf([], { sample: none }))).toContain(
    'None of the 4 generated faults drawn from 2000',
  );
});

import { proofCellOf } from '../../../reports/proof/proof.fixture.ts';
import { idleClauses, matrixOf } from './matrix.ts';

const reads = '20-access-records.suite.ts › reads';
const forms = '10-access-forms.suite.ts › answers the test form';
const tests = [
  { name: forms, clauses: ['CFG-TEST'] },
  { name: reads, clauses: ['CFG-READ', 'CFG-TEST'] },
  // The note is silent: this test can catch nothing.
  { name: '50-errors.suite.ts › records codes', clauses: ['CFG-TYPE-3'] },
];

const cells = [
  proofCellOf('one', { failed: ['CFG-TEST', 'CFG-READ'] }),
  proofCellOf('two', { breaks: ['CFG-READ'], failed: ['CFG-READ'], tests: [reads, forms] }),
  proofCellOf('lives', { outcome: 'survived', failed: [], tests: [], caughtBy: undefined }),
  proofCellOf('healthy-1', {
    kind: 'control',
    breaks: [],
    outcome: 'failed',
    failed: ['CFG-READ-0'],
    caughtBy: undefined,
  }),
];
const clause = (id: string) => matrixOf(cells, tests).clauses.find((each) => each.id === id);

test('each clause has the faults that break it, and those under which it failed', () => {
  expect(clause('CFG-TEST')).toEqual({
    id: 'CFG-TEST',
    brokenBy: ['one', 'lives'],
    failedUnder: ['one'],
  });
  expect(clause('CFG-READ')).toEqual({ id: 'CFG-READ', brokenBy: ['two'], failedUnder: ['one', 'two'] });
});

test('a clause that fails under sound firmware alone is idle', () => {
  expect(idleClauses(cells)).toContain('CFG-READ-0');
  expect(idleClauses(cells)).not.toContain('CFG-READ');
});

test('each test that can fail has the number of faults that it caught first', () => {
  expect(matrixOf(cells, tests).tests).toEqual([
    { name: forms, caughtFirst: 2 },
    { name: reads, caughtFirst: 0 },
  ]);
});

test('thin ice is known only where no run stopped early', () => {
  expect(matrixOf(cells, tests).thinIce).toBeNull();
  const thorough = cells.map((cell) => ({ ...cell, everyTest: true }));
  expect(matrixOf(thorough, tests).thinIce).toEqual(['one']);
});

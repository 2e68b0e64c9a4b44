import { proofCellOf, proofOf } from './proof.fixture.ts';
import { proofTable } from './proof-table.ts';

const forms = '10-access-forms.suite.ts › answers the test form';
const cells = [
  proofCellOf('one', { breaks: ['CFG-TEST', 'CFG-PERSIST'], failed: ['CFG-TEST', 'CFG-READ'] }),
  proofCellOf('lives', { outcome: 'survived', failed: [], tests: [], caughtBy: undefined }),
];

test('each firmware has what failed and what caught it', () => {
  expect(proofTable(proofOf(cells))).toContain(
    `  one: caught, 8.0 s, CFG-TEST* CFG-READ\n      ${forms}\n  lives: survived, 8.0 s\n`,
  );
});

test('a firmware that was caught only where the network was slower says so', () => {
  expect(proofTable(proofOf([proofCellOf('one', { slower: 3 })]))).toContain(
    `${forms}\n      with network time 3 times slower\n`,
  );
});

test('of a whole proof it tells the idle clauses, and the tests that caught nothing first', () => {
  const tests = [
    { name: forms, caughtFirst: 1 },
    { name: '20-access-records.suite.ts › reads', caughtFirst: 0 },
  ];
  const whole = proofOf(cells, {
    idle: ['EX-TEST', 'CFG-PERSIST'],
    matrix: { clauses: [], tests, thinIce: null },
  });
  expect(proofTable(whole)).toContain(
    `Clauses that no fault failed\n  EX-TEST\n\nClauses that no fault failed, and the faults that break them, whose runs ended before all tests had run\n  CFG-PERSIST: one\n\nTests that were the first to catch a fault, and how many\n    1  ${forms}\n`,
  );
  expect(proofTable(whole)).toMatch(
    /Tests that were never the first to catch a fault\n {2}20-access-records\.suite\.ts › reads\n$/,
  );
});

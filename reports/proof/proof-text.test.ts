import { proofCellOf, proofOf } from './proof.fixture.ts';
import { exitCodeOf } from './proof.ts';
import { proofText } from './proof-text.ts';

const caught = proofCellOf('caught-one');
const survivor = proofCellOf('lives-on', { outcome: 'survived', failed: [], why: 'exit code 0' });
const control = proofCellOf('healthy-1', { kind: 'control', breaks: [], failed: [], outcome: 'passed' });

test('survivors come first, with what they break and where their run is', () => {
  const text = proofText(proofOf([caught, survivor, control]));
  expect(text).toMatch(
    /^Survivors: .+\n {2}lives-on: what lives-on does\n {4}breaks CFG-TEST\n {4}exit code 0\n/,
  );
  expect(text).toContain('runs/lives-on');
  expect(text).toContain('1 of 2 faults caught by a clause that it breaks\n1 of 1 control passed\n');
  expect(text).toContain('Exit code 1: ');
});

test('tells how many a run of the asked profile would have missed', () => {
  const late = proofCellOf('late', { profile: 'release' });
  expect(proofText(proofOf([caught, late]))).toContain(
    'caught by a clause that it breaks\n1 of them in a release run: in nightly the clauses they break did not show them\n',
  );
  expect(proofText(proofOf([late], { profile: 'release' }))).not.toContain('in a release run');
});

test('tells how many were named in the first cause, of those that were caught', () => {
  const named = proofCellOf('named', { cause: { text: 'breaks CFG-TEST', named: true } });
  const other = proofCellOf('other', { cause: { text: 'breaks CFG-READ', named: false } });
  expect(proofText(proofOf([named, other, survivor]))).toContain(
    '1 of 2 named in the first cause of the run that caught them\n',
  );
  expect(proofText(proofOf([caught, survivor]))).not.toContain('first cause');
});

test('a proof in which everything was caught says so', () => {
  const text = proofText(proofOf([caught, control], { idle: ['CFG-READ'] }));
  expect(text).toContain('1 clause that no fault failed: CFG-READ\n');
  expect(text).toContain(
    'Exit code 0: every fault was caught by a clause it breaks, and every control passed\n',
  );
});

test('a clause whose fault was caught by another one is not called idle', () => {
  const both = proofCellOf('both', { breaks: ['CFG-TEST', 'CFG-READ'] });
  const text = proofText(proofOf([both], { idle: ['CFG-READ', 'EX-TEST'] }));
  expect(text).toContain(
    '1 clause that no fault failed: EX-TEST\n' +
      '1 clause that no fault failed, but the runs of those that break them ended before all tests had run: CFG-READ\n' +
      '    to run them all: bc26-hil prove --fault both --every-test --seed 1\n',
  );
  expect(proofText(proofOf([both], { idle: null }))).not.toContain('no fault failed');
});

test.each([
  ['a failed control', [proofCellOf('h', { kind: 'control', outcome: 'failed' })], 1],
  ['a fault blamed on other clauses', [proofCellOf('f', { outcome: 'blamed-wrongly' })], 1],
  ['an undecided one', [caught, proofCellOf('f', { outcome: 'undecided' })], 4],
])('%s decides the exit code', (_, cells, exitCode) => {
  expect(exitCodeOf(proofOf(cells))).toBe(exitCode);
});

test('a proof that was ended early is undecided, and says how to go on', () => {
  const proof = proofOf([caught], { planned: 3 });
  expect(exitCodeOf(proof)).toBe(4);
  expect(proofText(proof)).toContain('2 firmwares not judged: go on with --resume\n');
});

test('a whole proof tells how many tests are needed, and what hangs by one', () => {
  const tests = ['a', 'b', 'c'].map((name, index) => ({ name, caughtFirst: index === 0 ? 2 : 0 }));
  const text = proofText(proofOf([caught], { matrix: { clauses: [], tests, thinIce: ['caught-one'] } }));
  expect(text).toContain('1 of 3 tests caught a fault first; the others are in prove.txt\n');
  expect(text).toContain('1 fault that one test alone catches: caught-one\n');
  expect(text).toContain('Took 2 min 0 s, 9.5 firmwares a minute\n');
  expect(text).not.toMatch(/\d controls? passed/);
});

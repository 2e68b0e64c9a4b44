import type { Entry } from './entry.ts';
import { clauseFacts, exchange, planned, ran, runEnd, runStart } from './example-run.fixture.ts';
import { foldRecord } from './fold-record.ts';
import { runRecord } from './record.ts';

const judging = (title: string) => planned(title, 'CFG-A', 'CFG-U');
const [passes, fails, observes, out] = [
  judging('passes'),
  judging('fails'),
  judging('observes'),
  judging('is left out'),
];
const mismatch: Entry = { type: 'rig-error', code: 'IDENTITY_MISMATCH', message: 'not the same module' };

const run = (...more: Entry[]) =>
  foldRecord([
    runStart(
      [passes, fails, observes, out],
      [clauseFacts('CFG-A', 'S'), clauseFacts('CFG-U', 'U'), clauseFacts('CFG-B', 'S')],
    ),
    ...ran(passes, 'pass'),
    ...ran(fails, 'fail', 'expected 1, found 2'),
    ...ran(observes, 'observed', 'ERROR'),
    ...ran(out, 'not-run', 'not part of profile nightly'),
    exchange(),
    ...more,
    runEnd,
  ]);

describe('a run that found another module at its end', () => {
  const record = run(mismatch);

  test('gives no verdict on the module at all, and ends 3, also when a test had failed', () => {
    expect(runRecord.parse(record)).toEqual(record);
    expect(record.tests.map(({ verdict }) => verdict)).toEqual([
      'rig-error',
      'rig-error',
      'rig-error',
      'not-run',
    ]);
    expect(record.clauses.map(({ verdict }) => verdict)).toEqual(['rig-error', 'rig-error', 'not-run']);
    expect(record.timing.map(({ verdict }) => verdict)).toEqual(record.timing.map(() => null));
    expect(record).toMatchObject({ state: 'failed', exitCode: 3 });
  });

  test('keeps the verdict of each test, and the finding of a failure', () => {
    expect(record.tests.map(({ reason }) => reason)).toEqual([
      'void: IDENTITY_MISMATCH: not the same module\nthe verdict had been pass',
      'void: IDENTITY_MISMATCH: not the same module\nthe verdict had been fail:\nexpected 1, found 2',
      'void: IDENTITY_MISMATCH: not the same module\nthe verdict had been observed',
      'not part of profile nightly',
    ]);
  });

  test('any other rig error leaves the verdicts as they are', () => {
    const other = run({ type: 'rig-error', code: 'RESTORE_FAILED', message: 'not as it was' });
    expect(other.tests.map(({ verdict }) => verdict)).toEqual(['pass', 'fail', 'observed', 'not-run']);
    expect(other.timing.some(({ verdict }) => verdict !== null)).toBe(true);
  });
});

import { filesOf } from '../files/run-folder.ts';
import { summaryOf } from '../summary/summary.ts';
import { plain } from '../text/format.ts';
import type { Deviation, Entry, PlannedTest } from './entry.ts';
import { clauseFacts, planned, ran, runEnd, runStart } from './example-run.fixture.ts';
import { foldRecord } from './fold-record.ts';
import type { Verdict } from './verdict.ts';

const stated = clauseFacts('CFG-S', 'S');
const inferred = clauseFacts('CFG-I', 'I');
const deviation: Deviation = {
  clause: 'CFG-I',
  reason: 'takes port 65536 for 0',
  reference: 'ticket 12',
  expires: '2026-12-31',
};

const alone = planned('alone', 'CFG-I');
const both = planned('both', 'CFG-S', 'CFG-I');

const ranWith = (test: PlannedTest, verdict: Verdict, deviates: readonly string[]): Entry[] =>
  ran(test, verdict, 'expected a refusal').map((entry) =>
    entry.type === 'test-end' ? { ...entry, deviates } : entry,
  );

const recordOf = (...entries: Entry[]) =>
  foldRecord([runStart([alone, both], [stated, inferred], {}, [deviation]), ...entries, runEnd]);

const verdicts = (record: ReturnType<typeof recordOf>) =>
  Object.fromEntries(record.clauses.map(({ id, verdict }) => [id, verdict]));

describe('a known deviation', () => {
  test('that a test meets is observed, even if other tests pass, and the exit code is 0', () => {
    const record = recordOf(...ranWith(alone, 'observed', ['CFG-I']), ...ran(both, 'pass'));
    expect(verdicts(record)).toEqual({ 'CFG-S': 'pass', 'CFG-I': 'observed' });
    expect(record.exitCode).toBe(0);
    expect(record.deviations).toEqual([{ ...deviation, seenBy: [alone.name] }]);
  });

  test('does not cover the other clauses of the test that met it', () => {
    const record = recordOf(...ran(alone, 'pass'), ...ranWith(both, 'fail', ['CFG-I']));
    expect(verdicts(record)).toEqual({ 'CFG-S': 'fail', 'CFG-I': 'observed' });
    expect(record.exitCode).toBe(1);
  });

  test('is shown in the summary with reason, reference and expiry, and whether it was met', () => {
    const shown = (...entries: Entry[]) => summaryOf(recordOf(...entries), filesOf('/tmp/run'), plain);
    expect(shown(...ranWith(alone, 'observed', ['CFG-I']), ...ran(both, 'pass'))).toContain(
      [
        'Known deviations of this firmware (observed, not failed)',
        '  CFG-I: takes port 65536 for 0 (ticket 12; until 2026-12-31)',
        `      observed by: ${alone.name}`,
      ].join('\n'),
    );
    expect(shown(...ran(alone, 'not-run', 'no time'), ...ran(both, 'pass'))).toContain(
      '      not met in this run',
    );
  });

  test('that is wrong usage gives exit code 2, although every test has ended', () => {
    const mistake: Entry = { type: 'usage-error', code: 'DEVIATION_UNNEEDED', message: 'CFG-I is kept' };
    const record = recordOf(...ran(alone, 'pass'), ...ran(both, 'pass'), mistake);
    expect(record).toMatchObject({ state: 'complete', exitCode: 2 });
  });
});

import { filesOf } from '../files/run-folder.ts';
import { summaryOf } from '../summary/summary.ts';
import { plain } from '../text/format.ts';
import type { Entry } from './entry.ts';
import { clauseFacts, exchange, planned, ran, runEnd, runStart } from './example-run.fixture.ts';
import { foldRecord } from './fold-record.ts';

const one = planned('one', 'CFG-A');
const two = planned('two', 'CFG-A');
const record = (...entries: Entry[]) =>
  foldRecord([
    runStart([one, two], [clauseFacts('CFG-A', 'S')], { budget: { nvramWrites: 2, reboots: 15 } }),
    ...entries,
    runEnd,
  ]);
const summary = (...entries: Entry[]) => summaryOf(record(...entries), filesOf('/tmp/run'), plain);
const write = exchange({ kind: 'write', nvramWrite: true });

describe('what a run uses up', () => {
  test('is shown with what it may use', () => {
    const reboot: Entry = { type: 'reboot', kind: 'soft', bootMs: 1_600 };
    expect(summary(write, reboot, ...ran(one, 'pass'), ...ran(two, 'pass'))).toContain(
      '\n1 NVRAM write (2 allowed), 1 reboot (15 planned)\n',
    );
  });

  test('leaves the run undecided when tests were left out for it', () => {
    const spent: Entry = { type: 'budget-spent', nvramWrites: 2 };
    const entries = [write, write, spent, ...ran(one, 'pass'), ...ran(two, 'not-run', 'the budget is spent')];
    expect(record(...entries)).toMatchObject({ budgetSpent: true, exitCode: 4 });
    expect(summary(...entries)).toContain('the remaining tests that write were not run');
  });
});

describe('NVRAM wear', () => {
  const wear: Entry = { type: 'wear', writesBefore: 79_998, endurance: 100_000, warnAt: 0.8 };
  const ended = [...ran(one, 'pass'), ...ran(two, 'pass')];

  test('counts this run on top of those before, and says that the endurance is assumed', () => {
    const text = summary(wear, write, ...ended);
    expect(text).toContain('NVRAM wear: 79999 writes');
    expect(text).toContain('no vendor figure is known');
    expect(text).not.toContain('asks for a warning');
  });

  test('causes a warning above the share that the rig file names', () => {
    expect(summary(wear, write, write, ...ended)).toContain('above the 80 % at which');
  });

  test('is not mentioned if no ledger is kept', () => {
    expect(record(...ended).wear).toBeNull();
    expect(summary(...ended)).not.toContain('wear');
  });
});

describe('a clause that no suite can judge yet', () => {
  const entries = (uncovered?: string) => [
    runStart(
      [one],
      [
        clauseFacts('CFG-A', 'S'),
        { ...clauseFacts('EX-APPLY', 'S'), ...(uncovered !== undefined && { uncovered }) },
      ],
      { profile: 'release' },
    ),
    ...ran(one, 'pass'),
    runEnd,
  ];

  test('is shown with the reason, and does not make a release undecided', () => {
    const excepted = foldRecord(entries('needs the platform'));
    expect(excepted).toMatchObject({ exitCode: 0 });
    expect(summaryOf(excepted, filesOf('/tmp/run'), plain)).toContain(
      '  no test judges it: needs the platform (1 clause)\n      EX-APPLY',
    );
    expect(foldRecord(entries())).toMatchObject({ exitCode: 4 });
  });
});

import type { Entry, PlannedTest } from '../../../reports/record/entry.ts';
import { createLeftFiles } from './left-files.ts';

const planned = (file: string, title: string, own: Partial<PlannedTest> = {}): PlannedTest => ({
  ...{ name: `${file} › ${title}`, file, title, clauses: ['CFG-A'] },
  ...own,
});

const plan = [
  planned('20.suite.ts', 'saves'),
  planned('20.suite.ts', 'is of another profile', { leftOut: 'not part of profile smoke' }),
  planned('90.suite.ts', 'was in time', { hindsight: true }),
];

function leftOut(file: string, why: string | undefined) {
  const entries: Entry[] = [];
  const isLeft = createLeftFiles({
    enough: { why: () => why },
    emit: (entry) => entries.push(entry),
    planned: () => plan,
  })(file);
  return { isLeft, entries };
}

test('a file is left out once the run has seen enough, and its tests say why', () => {
  expect(leftOut('20.suite.ts', undefined)).toEqual({ isLeft: false, entries: [] });
  const { isLeft, entries } = leftOut('20.suite.ts', '--max-failures 1 was reached');
  expect(isLeft).toBe(true);
  expect(entries).toMatchObject([
    { type: 'test-start', name: '20.suite.ts › saves' },
    { type: 'test-end', verdict: 'not-run', reason: '--max-failures 1 was reached', trace: [1, 2] },
  ]);
});

test('what judges the whole run is never left out', () => {
  expect(leftOut('90.suite.ts', '--max-failures 1 was reached')).toEqual({ isLeft: false, entries: [] });
});

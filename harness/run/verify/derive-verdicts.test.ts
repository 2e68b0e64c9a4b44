import type { RunRecord } from '../../../reports/record/record.ts';
import { differences } from './derive-verdicts.ts';

type Judged = Parameters<typeof differences>[0];

const judged = (test: string, clause: string, more: object = {}): Judged =>
  ({
    state: 'complete',
    problems: [],
    clauses: [{ id: 'CFG-A', verdict: clause }],
    tests: [{ name: 'first', clauses: ['CFG-A'], verdict: test }],
    ...more,
  }) as unknown as RunRecord;

test('names each verdict that is another one, with what it was and is', () => {
  expect(differences(judged('pass', 'pass'), judged('pass', 'pass'))).toEqual([]);
  expect(differences(judged('pass', 'pass'), judged('fail', 'fail'))).toEqual([
    'CFG-A was pass, and by the suites of now is fail',
    'the test "first" [CFG-A] was pass, and by the suites of now is fail',
  ]);
});

test('a replay that did not follow the trace says nothing of the verdicts', () => {
  const problems = [{ code: 'REPLAY_DIFFERS', message: 'line 7 of the trace has AT' }];
  expect(() => differences(judged('pass', 'pass'), judged('fail', 'fail', { problems }))).toThrow('line 7');
});

test('of a run that was cut short only the tests that ended are compared', () => {
  const problems = [{ code: 'REPLAY_ENDS', message: 'the trace ends at line 7' }];
  const derived = judged('fail', 'fail', { problems });
  expect(differences(judged('not-run', 'not-run', { state: 'interrupted' }), derived)).toEqual([]);
  expect(differences(judged('pass', 'not-run', { state: 'interrupted' }), derived)).toHaveLength(1);
});

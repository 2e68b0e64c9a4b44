import type { RecordedTiming, RunRecord } from '../../../reports/record/record.ts';
import { isDisturbed } from './disturbed.ts';
import type { StageEnd } from './stage.ts';

const timing: RecordedTiming = {
  ...{ command: 'AT+QDMPCFG', kind: 'read', n: 100, within: 100, over: 0, inconclusive: 0 },
  ...{ asked: 'maximum', missing: 0, verdict: 'pass', supports: 'p95' },
};

const ended = (
  verdict: RunRecord['clauses'][number]['verdict'],
  of: Partial<RecordedTiming> = {},
): StageEnd => ({
  exitCode: 0,
  record: {
    clauses: [{ id: 'CFG-TEST', status: 'S', text: '', section: '', tests: [], verdict }],
    tests: [],
    causes: [],
    problems: [],
    budgetSpent: false,
    timing: [{ ...timing, ...of }],
  },
});

test.each([
  ['passes', ended('pass'), false],
  ['fails', ended('fail'), false],
  ['has an answer that cannot be held against its limit', ended('pass', { inconclusive: 1 }), true],
  ['has a test that failed once only, as many faults make it', ended('flaky'), false],
  ['comes to no verdict', ended('inconclusive'), true],
  ['was ended by the firmware', ended('rig-error'), false],
  ['never began', { exitCode: 3, record: null }, true],
])('a run that %s', (_, end, disturbed) => {
  expect(isDisturbed({}, end)).toBe(disturbed);
});

test('a module of other settings may be too slow for a verdict on any machine', () => {
  const variant = { settings: {}, departs: [] };
  expect(isDisturbed({ variant }, ended('inconclusive'))).toBe(false);
  expect(isDisturbed({ variant }, ended('inconclusive', { inconclusive: 1 }))).toBe(true);
  expect(isDisturbed({ variant }, ended('flaky'))).toBe(true);
});

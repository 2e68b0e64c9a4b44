import type { ClauseFacts } from '../../../reports/record/entry.ts';
import { applyDeviations } from './apply-deviations.ts';

const of = (...clauses: [id: string, status: ClauseFacts['status']][]) =>
  clauses.map(([id, status]) => ({ id, status }));
const failed = { verdict: 'fail', reason: 'expected a refusal' } as const;
const waived = { waived: new Set(['I-WAIVED']), through: [] };

describe('an outcome, judged by the clauses of its test', () => {
  test('fails where nothing is waived', () => {
    expect(applyDeviations(failed, of(['S', 'S'], ['I', 'I']), waived)).toEqual(failed);
  });

  test('of a waived clause alone is observed, and keeps its reason', () => {
    const observed = { ...failed, verdict: 'observed', deviates: ['I-WAIVED'] };
    expect(applyDeviations(failed, of(['I-WAIVED', 'I']), waived)).toEqual(observed);
    expect(applyDeviations(failed, of(['I-WAIVED', 'I'], ['U', 'U']), waived)).toEqual(observed);
  });

  test('fails what stands beside a waived clause', () => {
    expect(applyDeviations(failed, of(['S', 'S'], ['I-WAIVED', 'I']), waived)).toEqual({
      ...failed,
      deviates: ['I-WAIVED'],
    });
  });

  test('observes what shows only through a waived clause', () => {
    const behind = { ...waived, through: ['I-WAIVED'] };
    expect(applyDeviations(failed, of(['S', 'S'], ['I-WAIVED', 'I']), behind)).toEqual({
      verdict: 'observed',
      deviates: ['I-WAIVED'],
      reason: expect.stringMatching(
        /^the other clauses show only through I-WAIVED, .*\nexpected a refusal$/,
      ) as string,
    });
    expect(applyDeviations({ verdict: 'pass' }, of(['S', 'S'], ['I-WAIVED', 'I']), behind)).toEqual({
      verdict: 'pass',
    });
    expect(applyDeviations(failed, of(['S', 'S'], ['I', 'I']), { ...waived, through: ['I'] })).toEqual(
      failed,
    );
  });

  test.each(['pass', 'inconclusive', 'rig-error', 'not-run'] as const)(
    '%s stays what it is, waived or not',
    (verdict) => {
      expect(applyDeviations({ verdict }, of(['I-WAIVED', 'I']), waived)).toEqual({ verdict });
    },
  );

  test('of U clauses alone is observed when it was decided, else stays what it is', () => {
    expect(applyDeviations(failed, of(['U', 'U']), waived)).toEqual({ ...failed, verdict: 'observed' });
    expect(applyDeviations({ verdict: 'pass' }, of(['U', 'U']), waived)).toEqual({ verdict: 'observed' });
    expect(applyDeviations({ verdict: 'rig-error' }, of(['U', 'U']), waived)).toEqual({
      verdict: 'rig-error',
    });
  });
});

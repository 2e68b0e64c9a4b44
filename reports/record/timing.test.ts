import type { ExchangeFacts } from './entry.ts';
import { exchange } from './example-run.fixture.ts';
import { type Asked, askedOf, createTimingBook } from './timing.ts';

type Group = readonly [n: number, own: Partial<ExchangeFacts>];

const statements = (asked: Asked, ...groups: readonly Group[]) => {
  const book = createTimingBook();
  for (const [n, own] of groups) {
    const entry = exchange(own);
    for (let i = 0; i < n; i++) if (entry.type === 'exchange') book.add(entry);
  }
  return book.statements(asked);
};

const reads = (asked: Asked, n: number, ...more: readonly Group[]) =>
  statements(asked, [n, { inTime: 'within' }], ...more).find(({ kind }) => kind === 'read');

describe('what is asked', () => {
  test.each([
    ['smoke', null, 'maximum'],
    ['nightly', null, 'p95'],
    ['release', null, 'p99'],
    ['release', 'CFG-*', 'maximum'],
  ])('of %s with --clause %s is the %s', (profile, clausePattern, asked) => {
    expect(askedOf({ profile, clausePattern })).toBe(asked);
  });
});

describe('a statement about answer times', () => {
  // The least n with p^n ≤ 0.05: 0.95^59 = 0.0485, 0.99^299 = 0.0495, 0.999^2995 = 0.0499.
  test.each([
    [58, null],
    [59, 'p95'],
    [298, 'p95'],
    [299, 'p99'],
    [2_994, 'p99'],
    [2_995, 'p99.9'],
  ] as const)('%i answers, all in time, support %s', (n, supports) => {
    expect(reads('maximum', n)).toMatchObject({ n, verdict: 'pass', supports });
  });

  test.each([
    ['p95', 58, 'inconclusive', 1],
    ['p95', 59, 'pass', 0],
    ['p99', 59, 'inconclusive', 240],
    ['p99', 299, 'pass', 0],
  ] as const)('where %s is asked: %i answers are %s, %i missing', (asked, n, verdict, missing) => {
    expect(reads(asked, n)).toMatchObject({ asked, verdict, missing });
  });

  test('fails with one that is certainly too slow, at any n and whatever is asked', () => {
    for (const asked of ['maximum', 'p95', 'p99'] as const) {
      const late = reads(asked, 3_000, [1, { inTime: 'over' }]);
      expect(late).toMatchObject({ verdict: 'fail', over: 1, supports: null });
    }
  });

  test('says the most that was allowed for an adapter, and nothing where there is none', () => {
    const usb = reads('maximum', 3, [1, { inTime: 'within', adapterMs: 17 }], [1, { inTime: 'within' }]);
    expect(usb).toMatchObject({ n: 5, adapterMs: 17 });
    expect(reads('maximum', 3)).not.toHaveProperty('adapterMs');
  });

  test('does not pass with one answer within the measuring error of the limit', () => {
    const doubtful = reads('maximum', 3_000, [1, { inTime: 'inconclusive' }]);
    expect(doubtful).toMatchObject({ verdict: 'inconclusive', supports: 'p99' });
  });

  // The least n with which no more than k of n exceed the limit with a probability of 5 % at most.
  test.each([
    ['p95', 92, 1, 'inconclusive', 1],
    ['p95', 93, 1, 'pass', 0],
    ['p95', 124, 2, 'pass', 0],
    ['p99', 473, 1, 'pass', 0],
    ['p99', 472, 1, 'inconclusive', 1],
    ['maximum', 3_000, 1, 'inconclusive', 0],
  ] as const)(
    'counts an undecided answer as one too slow: %s of %i answers, %i undecided: %s',
    (asked, n, undecided, verdict, missing) => {
      const said = reads(asked, n - undecided, [undecided, { inTime: 'inconclusive', lo: 298.12, hi: 301 }]);
      expect(said).toMatchObject({ n, verdict, missing });
      expect(said?.undecided?.[0]).toMatch(/^AT.*: 298\.1 to 301\.0 ms$/);
    },
  );

  test('a night of 36,932 answers with one undecided passes', () => {
    const said = reads('p99', 36_931, [1, { inTime: 'inconclusive' }]);
    expect(said).toMatchObject({ verdict: 'pass', supports: 'p99.9', inconclusive: 1 });
  });

  test('with more undecided answers than can be reckoned with, nothing is stated', () => {
    expect(reads('p95', 3_000, [51, { inTime: 'inconclusive' }])).toMatchObject({
      verdict: 'inconclusive',
      supports: null,
    });
  });

  test('of refused commands one undecided answer is nothing where a percentile of them is in time', () => {
    const others = (n: number) =>
      statements('p95', [n, { final: 'ERROR' }], [1, { final: 'ERROR', inTime: 'inconclusive' }]).find(
        ({ kind }) => kind === 'other',
      );
    expect(others(92)).toMatchObject({ verdict: null, missing: 0 });
    expect(others(50)).toMatchObject({ verdict: null, missing: 42 });
  });

  test('is made for reads and writes apart, of each command', () => {
    const made = statements(
      'p95',
      [59, { kind: 'read' }],
      [58, { kind: 'write' }],
      [59, { command: 'AT+QDMPCFGEX', kind: 'write' }],
    );
    expect(made.map(({ command, kind, verdict }) => `${command} ${kind} ${verdict}`)).toEqual([
      'AT+QDMPCFG read pass',
      'AT+QDMPCFG write inconclusive',
      'AT+QDMPCFGEX read inconclusive',
      'AT+QDMPCFGEX write pass',
    ]);
  });

  test('lists a kind without answers only if a percentile is asked', () => {
    const kinds = (asked: Asked) => statements(asked, [59, { kind: 'read' }]).map(({ kind }) => kind);
    expect(kinds('p95')).toEqual(['read', 'write']);
    expect(kinds('maximum')).toEqual(['read']);
  });

  test('does not count a refused write as a sample of writing', () => {
    const [write, other] = statements(
      'p95',
      [40, { kind: 'write' }],
      [100, { kind: 'write', final: '+CME ERROR: 50' }],
    ).filter(({ kind }) => kind !== 'read');
    expect(write).toMatchObject({ kind: 'write', n: 40, missing: 19 });
    expect(other).toMatchObject({ kind: 'other', n: 100, verdict: null, supports: null });
  });

  test('counts what is too slow among the others, though they have no verdict', () => {
    const [other] = statements('maximum', [1, { kind: 'other', inTime: 'over' }]);
    expect(other).toMatchObject({ kind: 'other', over: 1, verdict: null });
  });

  test('leaves out exchanges for which no limit is stated', () => {
    expect(statements('p99', [5, { inTime: undefined }])).toEqual([]);
  });
});

import { AssertionError } from 'node:assert';

import type { ClauseFacts, Entry } from '../../../reports/record/entry.ts';
import type { Exchange } from '../../at/exchange.ts';
import { HilError } from '../../base/error.ts';
import { ManualClock } from '../../base/manual-clock.fixture.ts';
import type { Fixtures } from '../host/fixtures.ts';
import type { ClauseSpec } from '../host/host.ts';
import { createTestRunner, type TestRunnerOptions } from './clause-runner.ts';

const facts: Record<string, ClauseFacts> = {
  'CFG-TEST': {
    id: 'CFG-TEST',
    status: 'S',
    text: 'answers a line that describes the parameters',
    section: '2.1',
  },
  'ERR-FORM': { id: 'ERR-FORM', status: 'S', text: 'an error is ERROR or +CME ERROR', section: '2.1' },
  'EX-READ-SAVED': { id: 'EX-READ-SAVED', status: 'E', text: 'shows what was just saved', section: '2.2' },
  'CFG-TYPE-3': { id: 'CFG-TYPE-3', status: 'U', text: 'type 3 is reserved', section: '2.1' },
};

const exchange = {
  number: 7,
  command: 'AT+QDMPCFG=4,1',
  raw: '\r\n+QDMPCFG: 1,\u0000\u001b]]>\r\n\r\nOK\r\n',
  trace: [41, 43],
  timing: { hi: 12.34 },
} as unknown as Exchange;

function bench() {
  const clock = new ManualClock();
  const entries: Entry[] = [];
  const signals: AbortSignal[] = [];
  const options: TestRunnerOptions = {
    clock,
    emit: (entry) => entries.push(entry),
    lastLine: () => entries.length,
    maxFailures: null,
    networkClock: 1,
    clauseFacts: (id) => facts[id] as ClauseFacts,
    waived: new Set(),
    absent: new Set(),
    selection: {
      profile: 'nightly',
      clauses: null,
      capabilities: { powerKey: true, reset: true, supplyCut: true, powered: true, truth: true },
      platform: true,
      localCauses: true,
    },
    bench: {
      ready: () => Promise.resolve(),
      isolate: () => Promise.resolve(),
      restarts: 0,
      fixtures({ signal, seen }) {
        signals.push(signal);
        seen(exchange);
        return { signal } as unknown as Fixtures;
      },
    },
  };
  const ends = () => entries.filter((entry) => entry.type === 'test-end');
  return { clock, entries, signals, options, ends };
}

const spec = (body: ClauseSpec['body'], more: Partial<ClauseSpec> = {}): ClauseSpec => ({
  clauses: ['CFG-TEST'],
  title: 'answers',
  body,
  ...more,
});

describe('a test of a clause that shows through a known deviation alone', () => {
  const behind = { clauses: ['CFG-TEST', 'EX-READ-SAVED'], through: ['EX-READ-SAVED'] };

  async function ended(body: ClauseSpec['body']) {
    const { options, ends } = bench();
    let attempts = 0;
    const counted: ClauseSpec['body'] = (fixtures) => {
      attempts++;
      return body(fixtures);
    };
    const waiving = { ...options, waived: new Set(['EX-READ-SAVED']) };
    await createTestRunner(waiving).run('a.suite.ts', spec(counted, behind));
    return { end: ends()[0], attempts };
  }

  test('is not run where an expectation is disappointed, and not run again', async () => {
    const { end, attempts } = await ended(() => {
      expect('old').toBe('new');
      return Promise.resolve();
    });
    expect(end).toMatchObject({ verdict: 'not-run', deviates: ['EX-READ-SAVED'] });
    expect(attempts).toBe(1);
  });

  test('fails where a command is refused', async () => {
    const { end } = await ended(() => Promise.reject(new HilError('AT_REFUSED', 'it was refused')));
    expect(end).toMatchObject({ verdict: 'fail', deviates: ['EX-READ-SAVED'] });
  });
});

describe('a test', () => {
  test('passes when its body does, and its calls end with it', async () => {
    const { options, ends, signals } = bench();
    await createTestRunner(options).run(
      'a.suite.ts',
      spec(() => Promise.resolve()),
    );
    expect(ends()).toMatchObject([{ name: 'a.suite.ts › answers', verdict: 'pass' }]);
    expect(signals[0]?.aborted).toBe(true);
  });

  test('fails with the expectation, the exchange in bytes and the words of the clause', async () => {
    const { options, ends } = bench();
    const body = () => {
      expect('5700').toBe('5683');
      return Promise.resolve();
    };
    await createTestRunner(options).run('a.suite.ts', spec(body));
    const [end] = ends();
    expect(end).toMatchObject({ verdict: 'fail' });
    expect(end?.reason).toContain('Expected: "5683"');
    expect(end?.reason).toContain('received \\r\\n+QDMPCFG: 1,\\x00\\x1b]]>\\r\\n\\r\\nOK\\r\\n');
    expect(end?.reason).toContain('CFG-TEST (S, note 2.1): answers a line that describes the parameters');
    expect(end?.reason).not.toMatch(/[\u0000-\u0008\u001b]/);
  });

  test.each([
    ['AT_TIMEOUT' as const, 'fail'],
    ['PORT_GONE' as const, 'rig-error'],
    ['ABORTED' as const, 'not-run'],
  ])('that throws %s ends as %s', async (code, verdict) => {
    const { options, ends } = bench();
    await createTestRunner(options).run(
      'a.suite.ts',
      spec(() => Promise.reject(new HilError(code, 'so it went'))),
    );
    expect(ends()).toMatchObject([{ verdict }]);
    expect(ends()[0]?.reason).toContain(`${code}: so it went`);
  });

  test('with a mistake of its own says nothing of the module', async () => {
    const { options, ends } = bench();
    await createTestRunner(options).run(
      'a.suite.ts',
      spec(() => Promise.reject(new TypeError('x is not a function'))),
    );
    expect(ends()).toMatchObject([{ verdict: 'rig-error' }]);
    expect(ends()[0]?.reason).toContain('the suite itself failed');
  });

  test('of a command that the firmware has not is not run, but for the one that says so', async () => {
    const { options, ends } = bench();
    const runner = createTestRunner({ ...options, absent: new Set(['AT+QDMPCFG']) });
    const refused = () => Promise.reject(new HilError('AT_REFUSED', 'refused'));
    await runner.run('a.suite.ts', spec(refused, { title: 'test form' }));
    await runner.run('a.suite.ts', spec(refused, { title: 'a record', clauses: ['CFG-TYPE-3'] }));
    await runner.run('a.suite.ts', spec(refused, { title: 'both', clauses: ['ERR-FORM'] }));
    const reason = 'this firmware has no AT+QDMPCFG';
    expect(ends()).toMatchObject([
      { verdict: 'fail' },
      { verdict: 'not-run', reason },
      { verdict: 'not-run', reason },
    ]);
  });

  test('of clauses the note leaves open is observed, never failed', async () => {
    const { options, ends } = bench();
    const silent = spec(() => Promise.reject(new HilError('AT_TIMEOUT', 'no answer')), {
      clauses: ['CFG-TYPE-3'],
    });
    await createTestRunner(options).run('a.suite.ts', silent);
    expect(ends()).toMatchObject([{ verdict: 'observed' }]);
  });

  test('that is not through by its deadline fails, and its module is taken away', async () => {
    const { options, ends, clock, signals } = bench();
    const never = spec(() => new Promise<void>(() => undefined), { deadlineMs: 2_000 });
    const run = createTestRunner(options).run('a.suite.ts', never);
    await new Promise(setImmediate);
    clock.advance(1_999);
    await new Promise(setImmediate);
    expect(ends()).toEqual([]);
    clock.advance(1);
    await run;
    expect(ends()).toMatchObject([{ verdict: 'fail' }]);
    expect(ends()[0]?.reason).toContain('CLAUSE_DEADLINE');
    expect(signals[0]?.aborted).toBe(true);
  });
});

describe('a test that failed', () => {
  /** A body whose first runs fail with what `thrown` gives. */
  const failing = (thrown: () => unknown, times: number) => {
    let runs = 0;
    return async () => {
      if (runs++ < times) throw await Promise.resolve(thrown());
    };
  };
  const disappointment = () => {
    try {
      expect(1).toBe(2);
    } catch (error) {
      return error;
    }
    return undefined;
  };
  /** A body that ends each time as it is told: with what it throws, or well. */
  const ending = (...thrown: unknown[]) => {
    const of = (run: number): unknown => thrown[run];
    let runs = 0;
    return async () => {
      const run = runs++;
      if (of(run) !== undefined) throw await Promise.resolve(of(run));
    };
  };

  test('once, and passes when it is run again, is flaky and never passed', async () => {
    const { options, ends } = bench();
    await createTestRunner(options).run('a.suite.ts', spec(failing(disappointment, 1)));
    expect(ends()).toMatchObject([{ verdict: 'flaky' }]);
    expect(ends()[0]?.reason).toContain('failed once');
  });

  test('twice has failed, with both reasons, and the words of the clause once', async () => {
    const { options, ends } = bench();
    await createTestRunner(options).run('a.suite.ts', spec(failing(disappointment, 2)));
    expect(ends()).toMatchObject([{ verdict: 'fail' }]);
    const [before = '', after = ''] = ends()[0]?.reason?.split('failed again when it was run again:') ?? [];
    for (const text of [before, after]) expect(text).toContain('Expected: 2');
    expect(before).toContain('CFG-TEST (S, note 2.1)');
    expect(after).not.toContain('CFG-TEST (S, note 2.1)');
  });

  test('is isolated before it is run again, and is told which attempt it is', async () => {
    const { options } = bench();
    const done: string[] = [];
    const told: TestRunnerOptions['bench'] = {
      ...options.bench,
      ready: () => Promise.resolve(void done.push('ready')),
      isolate: () => Promise.resolve(void done.push('isolate')),
      fixtures(attempt) {
        done.push(`attempt ${attempt.number}`);
        return options.bench.fixtures(attempt);
      },
    };
    await createTestRunner({ ...options, bench: told }).run('a.suite.ts', spec(failing(disappointment, 1)));
    expect(done).toEqual(['ready', 'attempt 1', 'isolate', 'attempt 2']);
  });

  test('keeps both attempts, each with its verdict, its reason and its own lines of the trace', async () => {
    const { options, ends } = bench();
    const body = ending(disappointment(), new HilError('AT_TIMEOUT', 'no answer'));
    await createTestRunner(options).run(
      'a.suite.ts',
      spec(async () => {
        options.emit({ type: 'message', text: 'one line of the trace' });
        await body();
      }),
    );
    const [end] = ends();
    expect(end).toMatchObject({
      verdict: 'fail',
      trace: [1, 5],
      attempts: [
        { verdict: 'fail', reason: expect.stringContaining('Expected: 2') as string, trace: [1, 2] },
        {
          verdict: 'fail',
          reason: expect.stringContaining('AT_TIMEOUT: no answer') as string,
          trace: [3, 4],
        },
      ],
    });
  });

  test('keeps no attempts where there was one', async () => {
    const { options, ends } = bench();
    await createTestRunner(options).run('a.suite.ts', spec(ending(new HilError('AT_TIMEOUT', 'no answer'))));
    expect(ends()[0]).not.toHaveProperty('attempts');
  });

  test.each([
    ['the rig fails in the second attempt', new HilError('PORT_GONE', 'the port hung up'), 'rig-error'],
    ['the second decides nothing', { undecided: 'inconclusive', reason: 'too near' }, 'inconclusive'],
  ])('has not failed when %s; the failure is kept', async (_name, second, verdict) => {
    const { options, ends } = bench();
    await createTestRunner(options).run('a.suite.ts', spec(ending(disappointment(), second)));
    expect(ends()).toMatchObject([{ verdict }]);
    expect(ends()[0]?.reason).toMatch(/^failed once, and came to no verdict.*\n.+\nthe failure:\n/);
    expect(ends()[0]?.reason).toContain('Expected: 2');
  });

  test.each([
    ['is interrupted', new HilError('ABORTED', 'SIGTERM'), 'ABORTED: SIGTERM'],
    ['has no write left', new HilError('BUDGET_SPENT', 'no more'), 'BUDGET_SPENT: no more'],
    ['comes to judge nothing', { undecided: 'not-run', reason: 'no such value' }, 'no such value'],
  ])('has failed all the same when the second attempt %s', async (_name, second, why) => {
    const { options, ends } = bench();
    await createTestRunner(options).run('a.suite.ts', spec(ending(disappointment(), second)));
    expect(ends()).toMatchObject([
      { verdict: 'fail', attempts: [{ verdict: 'fail' }, { verdict: 'not-run' }] },
    ]);
    expect(ends()[0]?.reason).toContain('Expected: 2');
    expect(ends()[0]?.reason).toContain(`\nnot run again: ${why}`);
  });

  test('and whose module nothing brings back for the second attempt is a rig error, and the rest is not run', async () => {
    const { options, ends } = bench();
    const dead = () => Promise.reject(new HilError('MODULE_DEAD', 'nothing brings it back'));
    const runner = createTestRunner({ ...options, bench: { ...options.bench, isolate: dead } });
    await runner.run('a.suite.ts', spec(failing(disappointment, 1)));
    await runner.run('a.suite.ts', spec(ending(), { title: 'second' }));
    expect(ends()).toMatchObject([{ verdict: 'rig-error' }, { verdict: 'not-run' }]);
    expect(ends()[0]?.reason).toContain('Expected: 2');
  });

  test.each(['AT_TIMEOUT', 'UNEXPECTED_RESET'] as const)('by %s is never run again', async (code) => {
    const { options, ends } = bench();
    const once = failing(() => new HilError(code, 'so it went'), 1);
    await createTestRunner(options).run('a.suite.ts', spec(once));
    expect(ends()).toMatchObject([{ verdict: 'fail' }]);
  });

  test('by a wrapped UNEXPECTED_RESET is never run again', async () => {
    const { options, ends } = bench();
    const reset = new HilError('UNEXPECTED_RESET', 'it booted');
    const wrapped = new AssertionError({ message: 'property failed' });
    wrapped.cause = reset;
    await createTestRunner(options).run('a.suite.ts', spec(ending(wrapped)));
    expect(ends()).toMatchObject([{ verdict: 'fail' }]);
  });

  test('while the module restarted is never run again, whatever it threw', async () => {
    const { options, ends } = bench();
    let restarts = 0;
    const restarting = {
      ...options.bench,
      get restarts() {
        return restarts;
      },
    };
    const once = failing(() => {
      restarts++;
      return disappointment();
    }, 1);
    await createTestRunner({ ...options, bench: restarting }).run('a.suite.ts', spec(once));
    expect(ends()).toMatchObject([{ verdict: 'fail' }]);
  });

  test('after twenty others were run again is not, and says so', async () => {
    const { options, ends } = bench();
    const runner = createTestRunner(options);
    for (let run = 1; run <= 21; run++) {
      await runner.run('a.suite.ts', spec(failing(disappointment, 1), { title: `number ${run}` }));
    }
    expect(ends()[19]).toMatchObject({ verdict: 'flaky' });
    expect(ends()[20]).toMatchObject({ verdict: 'fail' });
    expect(ends()[20]?.reason).toContain('not run again: 20 failures of this run were');
  });

  test('with more to say than anybody reads is cut short, and says so', async () => {
    const { options, ends } = bench();
    const long = new HilError('AT_REFUSED', 'x'.repeat(50_000));
    await createTestRunner(options).run('a.suite.ts', spec(ending(long, long)));
    expect(ends()[0]?.reason?.length).toBeLessThan(20_000);
    expect(ends()[0]?.reason).toContain('more characters');
  });
});

describe('tests that judge one preparation', () => {
  /** Three of them; each attempt says its title and number, and fails as told, or else passes. */
  function sharing(fails: (attempt: string) => HilError | undefined, more: Partial<TestRunnerOptions> = {}) {
    const { options, ends } = bench();
    const done: string[] = [];
    const told: TestRunnerOptions['bench'] = {
      ...options.bench,
      ready: () => Promise.resolve(void done.push('ready')),
      isolate: () => Promise.resolve(void done.push('isolate')),
      fixtures: (attempt) => ({ ...options.bench.fixtures(attempt), attempt: attempt.number }),
    };
    const runner = createTestRunner({ ...options, bench: told, ...more });
    const shares = { clauses: 3 };
    const run = (title: string, own: Partial<ClauseSpec> = {}): Promise<void> => {
      const body: ClauseSpec['body'] = async ({ attempt }) => {
        done.push(`${title} ${attempt}`);
        const thrown = fails(`${title} ${attempt}`);
        if (thrown) throw await Promise.resolve(thrown);
      };
      return runner.run('a.suite.ts', spec(body, { title, shares, ...own }));
    };
    const verdicts = () => ends().map(({ name, verdict }) => [name.replace('a.suite.ts › ', ''), verdict]);
    return { runner, run, done, ends, verdicts };
  }

  const refused = new HilError('AT_REFUSED', 'refused');
  const first = (attempt: string) => (attempt.endsWith('1') ? refused : undefined);

  test('are run again once all of them were run, and the module is isolated before the first alone', async () => {
    const { run, done, verdicts } = sharing((attempt) => (attempt === 'c 1' ? undefined : first(attempt)));
    for (const title of ['a', 'b']) await run(title);
    expect(verdicts()).toEqual([]);
    await run('c');
    expect(done).toEqual(['ready', 'a 1', 'ready', 'b 1', 'ready', 'c 1', 'isolate', 'a 2', 'ready', 'b 2']);
    expect(verdicts()).toEqual([
      ['c', 'pass'],
      ['a', 'flaky'],
      ['b', 'flaky'],
    ]);
  });

  test('are run again though the last of them is not run', async () => {
    const { run, verdicts } = sharing(() => refused);
    for (const title of ['a', 'b']) await run(title);
    await run('c', { profile: 'release' });
    expect(verdicts()).toEqual([
      ['c', 'not-run'],
      ['a', 'fail'],
      ['b', 'fail'],
    ]);
  });

  test('do not wait for those of another preparation, nor those for them', async () => {
    const { run, verdicts } = sharing(first);
    await run('a');
    await run('alone', { shares: { clauses: 1 } });
    expect(verdicts()).toEqual([['alone', 'flaky']]);
  });

  test('have the lines of the trace from their first attempt to their second', async () => {
    const { run, ends } = sharing(first);
    for (const title of ['a', 'b', 'c']) await run(title);
    const [a] = ends();
    expect(a).toMatchObject({ trace: [1, 5], attempts: [{ trace: [1, 1] }, { trace: [4, 4] }] });
  });

  test('that still wait fail when the run is stopped, and say why they were not run again', async () => {
    const { runner, run, verdicts, ends } = sharing(first);
    for (const title of ['a', 'b']) await run(title);
    await runner.stop(new HilError('ABORTED', 'SIGTERM'));
    expect(verdicts()).toEqual([
      ['a', 'fail'],
      ['b', 'fail'],
    ]);
    expect(ends()[0]?.reason).toContain('AT_REFUSED: refused');
    expect(ends()[0]?.reason).toContain('\nnot run again: ABORTED: SIGTERM');
  });

  test('that still wait fail when the rig dies, and say so', async () => {
    const gone = new HilError('PORT_GONE', 'the port hung up');
    const { run, verdicts, ends } = sharing((attempt) => (attempt === 'b 1' ? gone : first(attempt)));
    for (const title of ['a', 'b', 'c']) await run(title);
    expect(verdicts()).toEqual([
      ['b', 'rig-error'],
      ['a', 'fail'],
      ['c', 'not-run'],
    ]);
    expect(ends()[1]?.reason).toContain('\nnot run again: PORT_GONE: the port hung up');
  });
});

describe('after the end of everything', () => {
  test('a dead rig latches: the rest is not run, for that reason', async () => {
    const { options, ends } = bench();
    const runner = createTestRunner(options);
    await runner.run(
      'a.suite.ts',
      spec(() => Promise.reject(new HilError('PORT_GONE', 'the port hung up'))),
    );
    await runner.run(
      'a.suite.ts',
      spec(() => Promise.resolve(), { title: 'second' }),
    );
    expect(ends()).toMatchObject([
      { verdict: 'rig-error' },
      { verdict: 'not-run', reason: 'PORT_GONE: the port hung up' },
    ]);
  });

  test('stop ends the running test at once', async () => {
    const { options, ends } = bench();
    const runner = createTestRunner(options);
    const run = runner.run(
      'a.suite.ts',
      spec(() => new Promise<void>(() => undefined)),
    );
    await new Promise(setImmediate);
    await runner.stop(new HilError('ABORTED', 'SIGTERM'));
    await run;
    expect(ends()).toMatchObject([{ verdict: 'not-run' }]);
  });

  test('--max-failures ends a run that fails', async () => {
    const { options, ends } = bench();
    const runner = createTestRunner({ ...options, maxFailures: 1 });
    await runner.run(
      'a.suite.ts',
      spec(() => Promise.reject(new HilError('AT_REFUSED', 'no'))),
    );
    await runner.run(
      'a.suite.ts',
      spec(() => Promise.resolve(), { title: 'second' }),
    );
    expect(ends()).toMatchObject([
      { verdict: 'fail' },
      { verdict: 'not-run', reason: '--max-failures 1 was reached' },
    ]);
  });
});

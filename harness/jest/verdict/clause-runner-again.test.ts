import { AssertionError } from 'node:assert';

import { HilError } from '../../base/error.ts';
import { runnerParts, specOf } from './clause-runner.fixture.ts';
import { type ClauseRunnerOptions, createClauseRunner } from './clause-runner.ts';

const stopped = new HilError('ABORTED', 'the run was interrupted: SIGTERM');

describe('a test that failed', () => {
  /** A body whose first runs throw what `thrown` returns. */
  const failing = (thrown: () => unknown, times: number) => {
    let runs = 0;
    return async () => {
      if (runs++ < times) throw await Promise.resolve(thrown());
    };
  };
  const failedExpectation = () => {
    try {
      expect(1).toBe(2);
    } catch (error) {
      return error;
    }
    return undefined;
  };
  /** A body that throws these one after the other; undefined: it passes. */
  const ending = (...thrown: unknown[]) => {
    const of = (run: number): unknown => thrown[run];
    let runs = 0;
    return async () => {
      const run = runs++;
      if (of(run) !== undefined) throw await Promise.resolve(of(run));
    };
  };

  test('once, and passes when it is run again, is flaky and never passed', async () => {
    const { options, ends } = runnerParts();
    await createClauseRunner(options).run('a.suite.ts', specOf(failing(failedExpectation, 1)));
    expect(ends()).toMatchObject([{ verdict: 'flaky' }]);
    expect(ends()[0]?.reason).toContain('failed once');
  });

  test('twice has failed, with both reasons, and the text of the clause once', async () => {
    const { options, ends } = runnerParts();
    await createClauseRunner(options).run('a.suite.ts', specOf(failing(failedExpectation, 2)));
    expect(ends()).toMatchObject([{ verdict: 'fail' }]);
    const [before = '', after = ''] = ends()[0]?.reason?.split('failed again when it was run again:') ?? [];
    for (const text of [before, after]) expect(text).toContain('Expected: 2');
    expect(before).toContain('CFG-TEST (S, note 2.1)');
    expect(after).not.toContain('CFG-TEST (S, note 2.1)');
  });

  test('is isolated before it is run again, and gets the number of its attempt', async () => {
    const { options } = runnerParts();
    const done: string[] = [];
    const noting: ClauseRunnerOptions = {
      ...options,
      fitness: {
        examine: () => Promise.resolve(undefined),
        restarts: 0,
        ready: () => Promise.resolve(void done.push('ready')),
        isolate: () => Promise.resolve(void done.push('isolate')),
      },
      fixtures(attempt) {
        done.push(`attempt ${attempt.number}`);
        return options.fixtures(attempt);
      },
    };
    await createClauseRunner(noting).run('a.suite.ts', specOf(failing(failedExpectation, 1)));
    expect(done).toEqual(['ready', 'attempt 1', 'isolate', 'attempt 2']);
  });

  test('keeps both attempts, each with its verdict, its reason and its own lines of the trace', async () => {
    const { options, ends } = runnerParts();
    const body = ending(failedExpectation(), new HilError('AT_TIMEOUT', 'no answer'));
    await createClauseRunner(options).run(
      'a.suite.ts',
      specOf(async () => {
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
          reason: expect.stringContaining(
            'AT_TIMEOUT: expected a final result, got this: no answer',
          ) as string,
          trace: [3, 4],
        },
      ],
    });
  });

  test('keeps no attempts where there was one', async () => {
    const { options, ends } = runnerParts();
    await createClauseRunner(options).run(
      'a.suite.ts',
      specOf(ending(new HilError('AT_TIMEOUT', 'no answer'))),
    );
    expect(ends()[0]).not.toHaveProperty('attempts');
  });

  test.each([
    ['the rig fails in the second attempt', new HilError('PORT_GONE', 'the port hung up'), 'rig-error'],
    ['the second decides nothing', { undecided: 'inconclusive', reason: 'too near' }, 'inconclusive'],
  ])('has not failed when %s; the failure is kept', async (_name, second, verdict) => {
    const { options, ends } = runnerParts();
    await createClauseRunner(options).run('a.suite.ts', specOf(ending(failedExpectation(), second)));
    expect(ends()).toMatchObject([{ verdict }]);
    expect(ends()[0]?.reason).toMatch(/^failed once, and came to no verdict.*\n.+\nthe failure:\n/);
    expect(ends()[0]?.reason).toContain('Expected: 2');
  });

  test.each([
    ['is interrupted', stopped, 'the run was interrupted: SIGTERM'],
    [
      'is interrupted in a call',
      new HilError('ABORTED', 'AT was aborted', { cause: stopped }),
      stopped.message,
    ],
    ['has no write left', new HilError('BUDGET_SPENT', 'no more'), 'BUDGET_SPENT: no more'],
    ['judges nothing', { undecided: 'not-run', reason: 'no such value' }, 'no such value'],
  ])('has failed all the same when the second attempt %s', async (_name, second, why) => {
    const { options, ends } = runnerParts();
    await createClauseRunner(options).run('a.suite.ts', specOf(ending(failedExpectation(), second)));
    expect(ends()).toMatchObject([
      { verdict: 'fail', attempts: [{ verdict: 'fail' }, { verdict: 'not-run' }] },
    ]);
    expect(ends()[0]?.reason).toContain('Expected: 2');
    expect(ends()[0]?.reason).toContain(`\nnot run again: ${why}`);
  });

  test('whose module cannot be recovered for the second attempt is a rig error, and the rest is not run', async () => {
    const { options, ends } = runnerParts();
    const dead = () => Promise.reject(new HilError('MODULE_DEAD', 'nothing brings it back'));
    const runner = createClauseRunner({ ...options, fitness: { ...options.fitness, isolate: dead } });
    await runner.run('a.suite.ts', specOf(failing(failedExpectation, 1)));
    await runner.run('a.suite.ts', specOf(ending(), { title: 'second' }));
    expect(ends()).toMatchObject([{ verdict: 'rig-error' }, { verdict: 'not-run' }]);
    expect(ends()[0]?.reason).toContain('Expected: 2');
  });

  test.each(['AT_TIMEOUT', 'UNEXPECTED_RESET'] as const)('by %s is never run again', async (code) => {
    const { options, ends } = runnerParts();
    const once = failing(() => new HilError(code, 'so it went'), 1);
    await createClauseRunner(options).run('a.suite.ts', specOf(once));
    expect(ends()).toMatchObject([{ verdict: 'fail' }]);
  });

  test('by a wrapped UNEXPECTED_RESET is never run again', async () => {
    const { options, ends } = runnerParts();
    const reset = new HilError('UNEXPECTED_RESET', 'it booted');
    const wrapped = new AssertionError({ message: 'property failed' });
    wrapped.cause = reset;
    await createClauseRunner(options).run('a.suite.ts', specOf(ending(wrapped)));
    expect(ends()).toMatchObject([{ verdict: 'fail' }]);
  });

  test('while the module restarted is never run again, no matter what it threw', async () => {
    const { options, ends } = runnerParts();
    let restarts = 0;
    const restarting = {
      ...options.fitness,
      get restarts() {
        return restarts;
      },
    };
    const once = failing(() => {
      restarts++;
      return failedExpectation();
    }, 1);
    await createClauseRunner({ ...options, fitness: restarting }).run('a.suite.ts', specOf(once));
    expect(ends()).toMatchObject([{ verdict: 'fail' }]);
  });

  test('after twenty others were run again is not, and says so', async () => {
    const { options, ends } = runnerParts();
    const runner = createClauseRunner(options);
    for (let run = 1; run <= 21; run++) {
      await runner.run('a.suite.ts', specOf(failing(failedExpectation, 1), { title: `number ${run}` }));
    }
    expect(ends()[19]).toMatchObject({ verdict: 'flaky' });
    expect(ends()[20]).toMatchObject({ verdict: 'fail' });
    expect(ends()[20]?.reason).toContain('not run again: 20 failures of this run were');
  });

  test('has its reason cut if that is too long', async () => {
    const { options, ends } = runnerParts();
    const long = new HilError('AT_REFUSED', 'x'.repeat(50_000));
    await createClauseRunner(options).run('a.suite.ts', specOf(ending(long, long)));
    expect(ends()[0]?.reason?.length).toBeLessThan(20_000);
    expect(ends()[0]?.reason).toContain('more characters');
  });
});

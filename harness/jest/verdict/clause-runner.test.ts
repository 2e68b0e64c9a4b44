import { HilError } from '../../base/error.ts';
import type { ClauseSpec } from '../host/host.ts';
import { runnerParts, specOf } from './clause-runner.fixture.ts';
import { createClauseRunner } from './clause-runner.ts';
import { createEnough } from './enough.ts';

describe('a test', () => {
  test('passes when its body does, and its calls end with it', async () => {
    const { options, ends, signals } = runnerParts();
    await createClauseRunner(options).run(
      'a.suite.ts',
      specOf(() => Promise.resolve()),
    );
    expect(ends()).toMatchObject([{ name: 'a.suite.ts › answers', verdict: 'pass' }]);
    expect(signals[0]?.aborted).toBe(true);
  });

  test('fails with the expectation, the exchange in bytes and the text of the clause', async () => {
    const { options, ends } = runnerParts();
    const body = () => {
      expect('5700').toBe('5683');
      return Promise.resolve();
    };
    await createClauseRunner(options).run('a.suite.ts', specOf(body));
    const [end] = ends();
    expect(end).toMatchObject({ verdict: 'fail' });
    expect(end?.reason).toContain('Expected: "5683"');
    expect(end?.reason).toContain('received \\r\\n+QDMPCFG: 1,\\x00\\x1b]]>\\r\\n\\r\\nOK\\r\\n');
    expect(end?.reason).toContain('CFG-TEST (S, note 2.1): answers a line that describes the parameters');
    expect(end?.reason).not.toMatch(/[\u0000-\u0008\u001b]/);
  });

  test.each([
    ['AT_TIMEOUT' as const, 'fail', 'AT_TIMEOUT: expected a final result, got this: so it went'],
    ['PORT_GONE' as const, 'rig-error', 'PORT_GONE: so it went'],
    ['ABORTED' as const, 'not-run', 'so it went'],
  ])('that throws %s ends as %s', async (code, verdict, reason) => {
    const { options, ends } = runnerParts();
    await createClauseRunner(options).run(
      'a.suite.ts',
      specOf(() => Promise.reject(new HilError(code, 'so it went'))),
    );
    expect(ends()).toMatchObject([{ verdict }]);
    expect(ends()[0]?.reason?.split('\n', 1)).toEqual([reason]);
  });

  test('with a mistake of its own says nothing of the module', async () => {
    const { options, ends } = runnerParts();
    await createClauseRunner(options).run(
      'a.suite.ts',
      specOf(() => Promise.reject(new TypeError('x is not a function'))),
    );
    expect(ends()).toMatchObject([{ verdict: 'rig-error' }]);
    expect(ends()[0]?.reason).toContain('the suite itself failed');
  });

  test('of an absent command is not run, except the one that reports its absence', async () => {
    const { options, ends } = runnerParts();
    const runner = createClauseRunner({ ...options, absent: new Set(['AT+QDMPCFG']) });
    const refused = () => Promise.reject(new HilError('AT_REFUSED', 'refused'));
    await runner.run('a.suite.ts', specOf(refused, { title: 'test form' }));
    await runner.run('a.suite.ts', specOf(refused, { title: 'a record', clauses: ['CFG-TYPE-3'] }));
    await runner.run('a.suite.ts', specOf(refused, { title: 'both', clauses: ['ERR-FORM'] }));
    const reason = 'this firmware has no AT+QDMPCFG';
    expect(ends()).toMatchObject([
      { verdict: 'fail' },
      { verdict: 'not-run', reason },
      { verdict: 'not-run', reason },
    ]);
  });

  test('that needs what the board was not proven to do is the rig’s failure; the others are run', async () => {
    const { options, ends } = runnerParts();
    const failure = new HilError('NOT_SILENCED', 'the supply cut does not silence the module');
    const selection = { ...options.selection, unproven: new Map([['supplyCut', failure]] as const) };
    const runner = createClauseRunner({ ...options, selection });
    const passes = () => Promise.resolve();
    await runner.run('a.suite.ts', specOf(passes, { title: 'a cut', needs: ['supplyCut'] }));
    await runner.run('a.suite.ts', specOf(passes, { title: 'a reset', needs: ['reset'] }));
    expect(ends()).toMatchObject([
      { verdict: 'rig-error', reason: 'NOT_SILENCED: the supply cut does not silence the module' },
      { verdict: 'pass' },
    ]);
  });

  test('of clauses the note leaves open is observed, never failed', async () => {
    const { options, ends } = runnerParts();
    const silent = specOf(() => Promise.reject(new HilError('AT_TIMEOUT', 'no answer')), {
      clauses: ['CFG-TYPE-3'],
    });
    await createClauseRunner(options).run('a.suite.ts', silent);
    expect(ends()).toMatchObject([{ verdict: 'observed' }]);
  });

  test('that exceeds its deadline fails, and the calls of its module end', async () => {
    const { options, ends, clock, signals } = runnerParts();
    const never = specOf(() => new Promise<void>(() => undefined), { deadlineMs: 2_000 });
    const run = createClauseRunner(options).run('a.suite.ts', never);
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

describe('a test of a clause that shows only through a known deviation', () => {
  const behind = { clauses: ['CFG-TEST', 'EX-READ-SAVED'], through: ['EX-READ-SAVED'] };

  async function ended(body: ClauseSpec['body']) {
    const { options, ends } = runnerParts();
    let attempts = 0;
    const counted: ClauseSpec['body'] = (fixtures) => {
      attempts++;
      return body(fixtures);
    };
    const waiving = { ...options, waived: new Set(['EX-READ-SAVED']) };
    await createClauseRunner(waiving).run('a.suite.ts', specOf(counted, behind));
    return { end: ends()[0], attempts };
  }

  test('is observed where an expectation fails, and not run again', async () => {
    const { end, attempts } = await ended(() => {
      expect('old').toBe('new');
      return Promise.resolve();
    });
    expect(end).toMatchObject({ verdict: 'observed', deviates: ['EX-READ-SAVED'] });
    expect(attempts).toBe(1);
  });

  test('fails where a command is refused', async () => {
    const { end } = await ended(() => Promise.reject(new HilError('AT_REFUSED', 'it was refused')));
    expect(end).toMatchObject({ verdict: 'fail', deviates: ['EX-READ-SAVED'] });
  });
});

describe('the end of a run', () => {
  test('after a rig error the rest is not run, for that reason', async () => {
    const { options, ends } = runnerParts();
    const runner = createClauseRunner(options);
    await runner.run(
      'a.suite.ts',
      specOf(() => Promise.reject(new HilError('PORT_GONE', 'the port hung up'))),
    );
    await runner.run(
      'a.suite.ts',
      specOf(() => Promise.resolve(), { title: 'second' }),
    );
    expect(ends()).toMatchObject([
      { verdict: 'rig-error' },
      { verdict: 'not-run', reason: 'PORT_GONE: the port hung up' },
    ]);
  });

  test('stop ends the running test at once', async () => {
    const { options, ends } = runnerParts();
    const runner = createClauseRunner(options);
    const run = runner.run(
      'a.suite.ts',
      specOf(() => new Promise<void>(() => undefined)),
    );
    await new Promise(setImmediate);
    await runner.stop(new HilError('ABORTED', 'SIGTERM'));
    await run;
    expect(ends()).toMatchObject([{ verdict: 'not-run' }]);
  });

  test('--max-failures ends a run that fails, but for what judges what it has shown', async () => {
    const { options, ends } = runnerParts();
    const limits = { maxFailures: 1, stopAt: null, waived: options.waived };
    const runner = createClauseRunner({ ...options, enough: createEnough(options.emit, limits) });
    await runner.run(
      'a.suite.ts',
      specOf(() => Promise.reject(new HilError('AT_REFUSED', 'no'))),
    );
    await runner.run(
      'a.suite.ts',
      specOf(() => Promise.resolve(), { title: 'second' }),
    );
    await runner.run(
      'a.suite.ts',
      specOf(() => Promise.resolve(), { title: 'what was seen', hindsight: true }),
    );
    expect(ends()).toMatchObject([
      { verdict: 'fail' },
      { verdict: 'not-run', reason: '--max-failures 1 was reached' },
      { verdict: 'pass' },
    ]);
  });
});

describe('clauses that a test sees others through', () => {
  const seenThrough = async (message: string, waived: readonly string[] = []) => {
    const { options, ends } = runnerParts();
    const spec = specOf(() => Promise.reject(new HilError('AT_REFUSED', message)), {
      clauses: ['CFG-TEST', 'EX-READ-SAVED'],
      through: ['EX-READ-SAVED'],
    });
    await createClauseRunner({ ...options, waived: new Set(waived) }).run('a.suite.ts', spec);
    return ends()[0];
  };

  test('are not judged where a save was refused', async () => {
    const end = await seenThrough('AT+QDMPCFGEX=1,0,"abcdefghijklmnopqrs" was refused: ERROR');
    expect(end).toMatchObject({ verdict: 'fail', unseen: ['EX-READ-SAVED'] });
    expect(end?.reason).not.toContain('shows what was just saved');
  });

  test('fail where the reading was refused', async () => {
    const end = await seenThrough('AT+QDMPCFGEX=1,1 was refused: ERROR');
    expect(end).toMatchObject({ verdict: 'fail' });
    expect(end).not.toHaveProperty('unseen');
  });
});

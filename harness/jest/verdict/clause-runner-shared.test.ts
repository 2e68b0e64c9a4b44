import { HilError } from '../../base/error.ts';
import type { ClauseSpec } from '../host/host.ts';
import { runnerParts, specOf } from './clause-runner.fixture.ts';
import { type ClauseRunnerOptions, createClauseRunner } from './clause-runner.ts';

describe('tests that judge one preparation', () => {
  /** Three of them; each attempt notes its title and number, and throws what `fails` returns. */
  function sharing(
    fails: (attempt: string) => HilError | undefined,
    more: Partial<ClauseRunnerOptions> = {},
  ) {
    const { options, ends } = runnerParts();
    const done: string[] = [];
    const noting: ClauseRunnerOptions = {
      ...options,
      fitness: {
        examine: () => Promise.resolve(undefined),
        restarts: 0,
        ready: () => Promise.resolve(void done.push('ready')),
        isolate: () => Promise.resolve(void done.push('isolate')),
      },
      fixtures: (attempt) => ({ ...options.fixtures(attempt), attempt: attempt.number }),
    };
    const runner = createClauseRunner({ ...noting, ...more });
    const shares = { clauses: 3 };
    const run = (title: string, own: Partial<ClauseSpec> = {}): Promise<void> => {
      const body: ClauseSpec['body'] = async ({ attempt }) => {
        done.push(`${title} ${attempt}`);
        const thrown = fails(`${title} ${attempt}`);
        if (thrown) throw await Promise.resolve(thrown);
      };
      return runner.run('a.suite.ts', specOf(body, { title, shares, ...own }));
    };
    const verdicts = () => ends().map(({ name, verdict }) => [name.replace('a.suite.ts › ', ''), verdict]);
    return { runner, run, done, ends, verdicts };
  }

  const refused = new HilError('AT_REFUSED', 'refused');
  const first = (attempt: string) => (attempt.endsWith('1') ? refused : undefined);

  test('are run again once all of them were run, and the module is isolated before the first only', async () => {
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

  test('are run again even if the last of them is not run', async () => {
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

  test('that still wait fail when the run is stopped, with the reason why they were not run again', async () => {
    const { runner, run, verdicts, ends } = sharing(first);
    for (const title of ['a', 'b']) await run(title);
    await runner.stop(new HilError('ABORTED', 'SIGTERM'));
    expect(verdicts()).toEqual([
      ['a', 'fail'],
      ['b', 'fail'],
    ]);
    expect(ends()[0]?.reason).toContain('AT_REFUSED: expected OK, got this: refused');
    expect(ends()[0]?.reason).toContain('\nnot run again: ABORTED: SIGTERM');
  });

  test('that still wait fail when the rig fails, with that reason', async () => {
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

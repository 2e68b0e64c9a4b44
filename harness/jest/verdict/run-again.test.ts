import { HilError } from '../../base/error.ts';
import type { ClauseSpec, Preparation } from '../host/host.ts';
import { runnerParts, specOf } from './clause-runner.fixture.ts';
import { createClauseRunner } from './clause-runner.ts';
import { notRun } from './undecided.ts';

/** A module whose first save into an empty record is lost. Tests save, and fail where nothing is saved then. */
function losingModule(refusal?: string, whyNot?: string) {
  const { options, ends } = runnerParts();
  const done: string[] = [];
  let holds = 'nothing';
  let wasFilled = false;
  let writes = 0;
  const runner = createClauseRunner({
    ...options,
    fitness: {
      ...options.fitness,
      ready: () => Promise.resolve(),
      isolate: () => Promise.resolve(void done.push('isolate')),
    },
    history: {
      mark: () => writes,
      backTo(mark) {
        if (mark === writes) return undefined;
        if (whyNot !== undefined) return { whyNot };
        return {
          repeat() {
            done.push(`back to ${mark}`);
            if (refusal !== undefined) notRun(refusal);
            holds = 'nothing';
            wasFilled = false;
            return Promise.resolve();
          },
        };
      },
    },
    fixtures: (attempt) => ({ ...options.fixtures(attempt), attempt: attempt.number }),
  });
  const save = (): void => {
    writes++;
    if (wasFilled) holds = 'a value';
    wasFilled = true;
  };
  const lost = () => new HilError('AT_REFUSED', 'nothing is saved');
  const run = (title: string, body: ClauseSpec['body'], shares?: Preparation) =>
    runner.run('a.suite.ts', specOf(body, { title, ...(shares && { shares }) }));
  return { done, ends, run, save, lost, holds: () => holds };
}

describe('a failure that comes only from the history of the first attempt', () => {
  test('is a failure: the third attempt begins where the first did', async () => {
    const { done, ends, run, save, lost, holds } = losingModule();
    await run('saves', async ({ attempt }) => {
      done.push(`attempt ${attempt}`);
      save();
      if (holds() === 'nothing') throw await Promise.resolve(lost());
    });
    expect(done).toEqual(['attempt 1', 'isolate', 'attempt 2', 'isolate', 'back to 0', 'attempt 3']);
    expect(ends()).toMatchObject([
      { verdict: 'fail', attempts: [{ verdict: 'fail' }, { verdict: 'pass' }, { verdict: 'fail' }] },
    ]);
    expect(ends()[0]?.reason).toContain('failed again from the same history');
  });

  test('is one of each test that judges the same preparation, which is made once more for all of them', async () => {
    const { done, ends, run, save, lost, holds } = losingModule();
    const shares = { clauses: 2 };
    const prepared = new Set<number>();
    for (const title of ['a', 'b']) {
      await run(
        title,
        async ({ attempt }) => {
          done.push(`${title} ${attempt}`);
          if (!prepared.has(attempt)) save();
          prepared.add(attempt);
          if (holds() === 'nothing') throw await Promise.resolve(lost());
        },
        shares,
      );
    }
    expect(done).toEqual([
      ...['a 1', 'b 1', 'isolate', 'a 2', 'b 2'],
      ...['isolate', 'back to 0', 'a 3', 'b 3'],
    ]);
    expect(ends()).toMatchObject([{ verdict: 'fail' }, { verdict: 'fail' }]);
  });
});

describe('a failure that does not come again from the same history either', () => {
  const judged = async (third: () => void) => {
    const { ends, run, save, lost } = losingModule();
    await run('saves', async ({ attempt }) => {
      save();
      if (attempt === 1) throw await Promise.resolve(lost());
      if (attempt === 3) third();
    });
    return ends()[0];
  };

  test('is flaky, and says what was tried', async () => {
    const end = await judged(() => undefined);
    expect(end).toMatchObject({ verdict: 'flaky' });
    expect(end?.reason).toMatch(/^passed from the same history, too; failed once/);
  });

  test('is flaky where the history could not be repeated, and says why', async () => {
    const end = await judged(() => notRun('no writes are left'));
    expect(end).toMatchObject({ verdict: 'flaky' });
    expect(end?.reason).toMatch(/\nnot run again from the same history: no writes are left/);
  });

  test('is not run a third time where what came before it is not known, and says so', async () => {
    const { done, ends, run, save, lost } = losingModule(undefined, 'what QDMPCFG 1 held then is not known');
    await run('saves', async ({ attempt }) => {
      save();
      if (attempt === 1) throw await Promise.resolve(lost());
    });
    expect(done).toEqual(['isolate']);
    expect(ends()[0]?.reason).toMatch(
      /\nnot run again from the same history: what QDMPCFG 1 held then is not known$/,
    );
  });

  test('is one of each test of a preparation whose history could not be repeated, which is tried once', async () => {
    const { done, ends, run, save, lost } = losingModule('a save is refused');
    const shares = { clauses: 2 };
    for (const title of ['a', 'b']) {
      await run(
        title,
        async ({ attempt }) => {
          done.push(`${title} ${attempt}`);
          if (attempt > 1) return;
          save();
          throw await Promise.resolve(lost());
        },
        shares,
      );
    }
    expect(done).toEqual(['a 1', 'b 1', 'isolate', 'a 2', 'b 2', 'isolate', 'back to 0']);
    for (const end of ends()) {
      expect(end).toMatchObject({ verdict: 'flaky' });
      expect(end.reason).toMatch(
        /^failed once, .*\n[^]*\nnot run again from the same history: a save is refused/,
      );
    }
  });

  test('is run again after another of its preparation that could not be judged once all was brought back', async () => {
    const { done, ends, run, save, lost } = losingModule();
    const shares = { clauses: 2 };
    for (const [title, judge] of [
      ['a', () => notRun('cannot be seen')],
      ['b', () => void done.push('b judges')],
    ] as const) {
      await run(
        title,
        async ({ attempt }) => {
          if (attempt === 3) return judge();
          if (attempt === 2) return;
          save();
          throw await Promise.resolve(lost());
        },
        shares,
      );
    }
    expect(done).toEqual(['isolate', 'isolate', 'back to 0', 'b judges']);
    expect(ends()[1]?.reason).toMatch(/^passed from the same history, too/);
  });

  test('has no verdict where the rig failed', async () => {
    const end = await judged(() => {
      throw new HilError('PORT_GONE', 'the port hung up');
    });
    expect(end).toMatchObject({ verdict: 'rig-error' });
  });
});

test('a test that changed nothing is not run a third time', async () => {
  const { ends, run, lost } = losingModule();
  await run('reads', async ({ attempt }) => {
    if (attempt === 1) throw await Promise.resolve(lost());
  });
  expect(ends()[0]).toMatchObject({ verdict: 'flaky', attempts: [{ verdict: 'fail' }, { verdict: 'pass' }] });
});

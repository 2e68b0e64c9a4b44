import { HilError } from '../../base/error.ts';
import { arrangement } from './clause.ts';
import type { Fixtures } from './fixtures.ts';
import { type ClauseSpec, installHost } from './host.ts';

/** A module's call whose test ends: it rejects ABORTED, no matter what ended the test. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new HilError('ABORTED', 'waiting for AT was aborted')));
  });

/**
 * An arrangement with three clauses; each attempt notes which preparation it judged.
 * @param broken numbers of the preparations that fail; `cut`: those that go on until their test is aborted
 */
function arranged({ broken = [], cut = [] }: { broken?: readonly number[]; cut?: readonly number[] } = {}) {
  const specs: ClauseSpec[] = [];
  installHost({ clause: (spec) => specs.push(spec) });
  let made = 0;
  const judged: string[] = [];
  const shared = arrangement({}, async ({ signal }) => {
    const number = ++made;
    if (cut.includes(number)) await aborted(signal);
    if (broken.includes(number)) throw new Error(`preparation ${number} failed`);
    return number;
  });
  for (const title of ['first', 'second', 'third']) {
    shared.clause('CFG-TEST', title, ({ arranged: number }) => {
      judged.push(`${title}: ${number}`);
      return Promise.resolve();
    });
  }
  return {
    specs,
    judged,
    attempt: async (title: string, attempt: number, signal = new AbortController().signal): Promise<void> => {
      const spec = specs.find((each) => each.title === title);
      await spec?.body({ attempt, signal } as unknown as Fixtures);
    },
  };
}

describe('what several clauses judge', () => {
  test('is prepared once for the first attempts of all', async () => {
    const { judged, attempt } = arranged();
    await attempt('first', 1);
    await attempt('second', 1);
    expect(judged).toEqual(['first: 1', 'second: 1']);
  });

  test('is prepared once more for the second attempts of all', async () => {
    const { judged, attempt } = arranged();
    for (const title of ['first', 'second', 'third']) await attempt(title, 1);
    for (const title of ['first', 'third']) await attempt(title, 2);
    expect(judged).toEqual(['first: 1', 'second: 1', 'third: 1', 'first: 2', 'third: 2']);
  });

  test('cannot be prepared: every first attempt fails with that reason, at no further cost', async () => {
    const { attempt } = arranged({ broken: [1] });
    await expect(attempt('first', 1)).rejects.toThrow('preparation 1 failed');
    await expect(attempt('second', 1)).rejects.toThrow('preparation 1 failed');
  });

  test("takes longer than a clause may: the others fail for that reason, and not for the first one's abort", async () => {
    const { attempt } = arranged({ cut: [1] });
    const deadline = new AbortController();
    const first = attempt('first', 1, deadline.signal);
    deadline.abort(new HilError('CLAUSE_DEADLINE', 'the test took longer than 90 s'));
    await expect(first).rejects.toMatchObject({ code: 'CLAUSE_DEADLINE' });
    await expect(attempt('second', 1)).rejects.toMatchObject({ code: 'CLAUSE_DEADLINE', blame: 'module' });
  });

  test('is prepared successfully the second time: every second attempt judges that', async () => {
    const { judged, attempt } = arranged({ broken: [1] });
    for (const title of ['first', 'second']) {
      await expect(attempt(title, 1)).rejects.toThrow('preparation 1 failed');
    }
    for (const title of ['first', 'second']) await attempt(title, 2);
    expect(judged).toEqual(['first: 2', 'second: 2']);
  });

  test('cannot be prepared the second time: every second attempt fails with that reason, at no further cost', async () => {
    const { judged, attempt } = arranged({ broken: [2] });
    for (const title of ['first', 'second']) await attempt(title, 1);
    for (const title of ['first', 'second']) {
      await expect(attempt(title, 2)).rejects.toThrow('preparation 2 failed');
    }
    expect(judged).toEqual(['first: 1', 'second: 1']);
  });

  test('is the same object in all specs, with their number', () => {
    const { specs } = arranged();
    expect(specs.map(({ shares }) => shares)).toEqual(Array(3).fill({ clauses: 3 }));
    expect(new Set(specs.map(({ shares }) => shares)).size).toBe(1);
  });
});

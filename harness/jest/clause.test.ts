import { arrangement } from './clause.ts';
import type { ClauseSpec, Fixtures } from './host.ts';
import { installHost } from './host.ts';

/**
 * An arrangement with two clauses, of which each attempt says which preparation it judged.
 * @param broken the preparations that fail, by number
 */
function arranged(broken: readonly number[] = []) {
  const specs: ClauseSpec[] = [];
  installHost(globalThis, { clause: (spec) => specs.push(spec) });
  let made = 0;
  const judged: string[] = [];
  const shared = arrangement({}, () => {
    const number = ++made;
    if (broken.includes(number)) return Promise.reject(new Error(`preparation ${number} failed`));
    return Promise.resolve(number);
  });
  for (const title of ['first', 'second', 'third']) {
    shared.clause('CFG-TEST', title, ({ arranged: number }) => {
      judged.push(`${title}: ${number}`);
      return Promise.resolve();
    });
  }
  return {
    judged,
    attempt: async (title: string, attempt: number): Promise<void> => {
      const spec = specs.find((each) => each.title === title);
      await spec?.body({ attempt } as unknown as Fixtures);
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

  test('is prepared anew for each second attempt, and then judged by the clauses that follow', async () => {
    const { judged, attempt } = arranged();
    await attempt('first', 1);
    await attempt('first', 2);
    await attempt('second', 1);
    await attempt('second', 2);
    await attempt('third', 1);
    expect(judged).toEqual(['first: 1', 'first: 2', 'second: 2', 'second: 3', 'third: 3']);
  });

  test('cannot be prepared: every first attempt fails with that reason, at no further cost', async () => {
    const { attempt } = arranged([1]);
    await expect(attempt('first', 1)).rejects.toThrow('preparation 1 failed');
    await expect(attempt('second', 1)).rejects.toThrow('preparation 1 failed');
  });

  test('could be prepared the second time: the clauses that follow judge that', async () => {
    const { judged, attempt } = arranged([1]);
    await expect(attempt('first', 1)).rejects.toThrow('preparation 1 failed');
    await attempt('first', 2);
    await attempt('second', 1);
    expect(judged).toEqual(['first: 2', 'second: 2']);
  });

  test('could not be prepared again: nothing of before is judged, since the module stands no longer so', async () => {
    const { judged, attempt } = arranged([2]);
    await attempt('first', 1);
    await expect(attempt('first', 2)).rejects.toThrow('preparation 2 failed');
    await attempt('second', 1);
    await attempt('third', 1);
    expect(judged).toEqual(['first: 1', 'second: 3', 'third: 3']);
  });
});

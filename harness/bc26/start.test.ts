import { elapse } from './fake-at.ts';
import { everything, fakeBench } from './fake-bench.ts';
import { start } from './start.ts';

const acts = async (board: Parameters<typeof fakeBench>[0]): Promise<readonly string[]> => {
  const bench = fakeBench(board);
  await elapse(bench.clock, start(bench));
  return bench.acts.map(({ act }) => act);
};

describe('starting the module', () => {
  test('powers it on afresh where the supply is switched', async () => {
    expect(await acts({ on: true })).toEqual(['off', 'on']);
  });

  test.each([true, false])(
    'leaves a running module alone without a switched supply (sense line: %p)',
    async (powered) => {
      expect(await acts({ on: true, capabilities: { ...everything, supplyCut: false, powered } })).toEqual(
        [],
      );
    },
  );

  test('switches on one that is off', async () => {
    expect(
      await acts({ on: false, capabilities: { ...everything, supplyCut: false, powered: false } }),
    ).toEqual(['on']);
  });
});

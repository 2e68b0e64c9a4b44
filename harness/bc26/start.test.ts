import { elapse } from './fake-at.fixture.ts';
import { everything, fakeBench } from './fake-bench.fixture.ts';
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

  test('does not switch on if the caller gave up while it was switched off', async () => {
    const bench = fakeBench({ on: false });
    const stop = new AbortController();
    const control = { ...bench.control, off: () => bench.control.off().finally(() => stop.abort()) };
    const started = start({ ...bench, control }, stop.signal);
    await expect(elapse(bench.clock, started)).rejects.toMatchObject({ code: 'ABORTED' });
    expect(bench.acts.map(({ act }) => act)).toEqual(['off']);
  });
});

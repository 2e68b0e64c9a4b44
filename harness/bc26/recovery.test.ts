import { HilError } from '../base/error.ts';
import { elapse } from './fake-at.ts';
import type { FakeBench } from './fake-bench.ts';
import { everything, fakeBench } from './fake-bench.ts';
import type { Rung, RungTried } from './recovery.ts';
import { ladderOf, recover } from './recovery.ts';

const reason = new HilError('AT_TIMEOUT', 'no final result within 5000 ms');

/** A board whose module answers nothing until `helps` has been done to it. */
function wedged(helps: string | undefined, capabilities = everything): FakeBench {
  const done = (): boolean => {
    if (helps === 'drain') return bench.at.commands.length > 2;
    return helps !== undefined && bench.acts.some(({ act }) => act === helps);
  };
  const silentUntilDone = new Proxy({}, { get: () => (done() ? undefined : 'silence') });
  const bench = fakeBench({ capabilities, replies: silentUntilDone });
  return { ...bench, at: { ...bench.at, transmit: () => Promise.resolve({} as never) } };
}

const climb = async (bench: FakeBench): Promise<readonly RungTried[]> =>
  elapse(bench.clock, recover(bench, reason));
const last = (tried: readonly RungTried[]): Rung | undefined => tried.at(-1)?.rung;

describe('recovery', () => {
  test('a module that answers after all needs no more than a re-sync', async () => {
    const bench = fakeBench();
    expect(await climb(bench)).toEqual([{ rung: 're-sync', helped: true }]);
    expect(bench.acts).toEqual([]);
  });

  test.each([
    ['reset', 'reset-pin'],
    ['power-key', 'power-cycle'],
    ['off', 'supply-cut'],
  ])('a module that only %s helps is brought back at the rung %s', async (helps, rung) => {
    const senseless = { ...everything, powered: false };
    const bench = wedged(helps, senseless);
    const tried = await climb(bench);
    expect(last(tried)).toBe(rung);
    expect(tried.slice(0, -1).every(({ helped }) => !helped)).toBe(true);
    const noted = bench.trace.lines
      .filter(({ body }) => body['kind'] === 'recovery')
      .map(({ body }) => body['rung']);
    expect(noted).toEqual(tried.map((step) => step.rung));
  });

  test('presses no power key on a module that is sensed to run', async () => {
    const bench = wedged('off');
    await climb(bench);
    expect(bench.acts.map(({ act }) => act)).not.toContain('power-key');
  });

  test('rungs a board cannot climb are passed over, and say so', async () => {
    const bare = { ...everything, reset: false, powerKey: false };
    const tried = await climb(wedged('off', bare));
    expect(tried.filter(({ reason }) => reason === 'this board cannot').map(({ rung }) => rung)).toEqual([
      'reset-pin',
      'power-cycle',
    ]);
    expect(ladderOf(tried)).toContain('supply-cut helped');
  });

  test('a module that nothing helps is dead, for the reason it was in trouble', async () => {
    const bench = wedged(undefined);
    await expect(climb(bench)).rejects.toMatchObject({ code: 'MODULE_DEAD', blame: 'rig', cause: reason });
  });

  test('raises nothing more once it is given up', async () => {
    const bench = wedged(undefined, { ...everything, reset: false, powerKey: false });
    const stop = new AbortController();
    const control = { ...bench.control, off: () => bench.control.off().finally(() => stop.abort()) };
    const recovered = recover({ ...bench, control }, reason, stop.signal);
    await expect(elapse(bench.clock, recovered)).rejects.toMatchObject({ code: 'ABORTED' });
    expect(bench.acts.map(({ act }) => act)).toEqual(['off']);
  });
});

import { HilError } from '../../base/error.ts';
import { fakeBench } from '../../bc26/fake-bench.fixture.ts';
import { watchWiring } from './wiring.ts';

function watched(board: Parameters<typeof fakeBench>[0] = {}) {
  const bench = fakeBench(board);
  const changed: string[] = [];
  const wiring = watchWiring(bench.control, (part) => changed.push(part));
  wiring.listen(bench.at);
  const booted = async (act: 'on' | 'reset'): Promise<void> => {
    await wiring.control[act]();
    bench.clock.advance(2_000);
  };
  return { bench, wiring, changed, booted };
}

test('a part works once a boot text followed its use, and both have to before a module is blamed', async () => {
  const { wiring, changed, booted } = watched();
  expect(wiring.isProven()).toBe(false);
  await booted('on');
  expect([wiring.state('power'), wiring.state('reset'), wiring.isProven()]).toEqual([
    'works',
    'unseen',
    false,
  ]);
  await booted('reset');
  expect(wiring.isProven()).toBe(true);
  await booted('reset');
  expect(changed).toEqual(['power', 'reset']);
});

test('a firmware that prints no boot text shows it by its answer', async () => {
  const { wiring, booted } = watched({ banners: 0 });
  await booted('on');
  await booted('reset');
  expect(wiring.isProven()).toBe(false);
  wiring.helped('power');
  wiring.helped('reset');
  expect(wiring.isProven()).toBe(true);
});

test('a board without a reset line needs none', async () => {
  const { wiring, booted } = watched({
    capabilities: { powerKey: true, reset: false, supplyCut: true, powered: true, truth: false },
  });
  await booted('on');
  expect([wiring.state('reset'), wiring.isProven()]).toEqual(['absent', true]);
});

test('a reset that had no effect speaks against the board, if the power then boots the module', async () => {
  const { bench, wiring, booted } = watched();
  await booted('on');
  await booted('reset');
  const cut = { ...bench.control, reset: () => Promise.resolve() };
  const later = watchWiring(cut, () => undefined);
  later.listen(bench.at);
  await later.control.reset();
  await later.control.on();
  bench.clock.advance(2_000);
  expect(later.resetInVain()).toBe(true);
  expect(later.isProven()).toBe(false);
  expect(wiring.resetInVain()).toBe(false);
});

test('a part that fails is the board’s matter', async () => {
  const { bench, booted, wiring } = watched();
  await booted('on');
  await booted('reset');
  const broken = watchWiring(
    { ...bench.control, on: () => Promise.reject(new HilError('CONTROL_FAILED', 'on: exit code 1')) },
    () => undefined,
  );
  broken.helped('power');
  broken.helped('reset');
  expect(broken.isProven()).toBe(true);
  await expect(broken.control.on()).rejects.toMatchObject({ code: 'CONTROL_FAILED' });
  expect([broken.isProven(), wiring.isProven()]).toEqual([false, true]);
});

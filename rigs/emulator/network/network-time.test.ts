import { systemClock } from '../base/clock.ts';
import { ManualClock } from '../base/manual-clock.fixture.ts';
import { networkTime } from './network-time.ts';

test('network time begins with 0 and is faster by its factor', () => {
  const clock = new ManualClock();
  clock.advance(5000);
  const time = networkTime(clock, 60);
  const fired: number[] = [];
  time.at(300, () => fired.push(time.now()));
  expect(time.now()).toBe(0);
  clock.advance(4999);
  expect(fired).toEqual([]);
  clock.advance(1);
  expect(fired).toEqual([300]);
});

test('the longest period does not overrun the timers of the machine', async () => {
  const warnings: string[] = [];
  const onWarning = (warning: Error): void => void warnings.push(warning.name);
  process.on('warning', onWarning);
  let fired = 0;
  const cancel = networkTime(systemClock, 1).at(4_294_966, () => (fired += 1));
  // Node warns, and fires after 1 ms, when a timer is too long for it.
  await new Promise((resolve) => setTimeout(resolve, 20));
  cancel();
  process.off('warning', onWarning);
  expect({ fired, warnings }).toEqual({ fired: 0, warnings: [] });
});

import { ReplayClock } from './replay-clock.ts';

const fired: string[] = [];
let clock: ReplayClock;
beforeEach(() => {
  fired.length = 0;
  clock = new ReplayClock(0n, () => {});
});
const after = (ms: number, name: string) => clock.after(ms, () => fired.push(name));

test('timers fire by their time, and in the order of their setting at the same time', () => {
  after(5, 'b');
  after(1, 'a');
  after(5, 'c');
  for (let times = 0; times < 4; times++) clock.fire();
  expect(fired).toEqual(['a', 'b', 'c']);
  expect(clock.now()).toBe(5_000_000n);
});

test('a timer that was cancelled does not fire, and cancelling one that fired changes nothing', () => {
  const cancel = after(1, 'a');
  cancel();
  cancel();
  const late = after(2, 'b');
  after(3, 'c');
  clock.fire();
  late();
  clock.fire();
  expect(fired).toEqual(['b', 'c']);
});

test('time never goes back', () => {
  clock.goTo(7n);
  clock.goTo(3n);
  expect(clock.now()).toBe(7n);
});

import { createPace, runPaced } from './pool.ts';

const never = new AbortController().signal;

/** Actions that end when told, and how many of them run. */
function actions() {
  const ends = new Map<string, () => void>();
  return {
    running: () => [...ends.keys()],
    end: (name: string) => {
      ends.get(name)!();
      ends.delete(name);
      return new Promise(setImmediate);
    },
    act: (name: string) => new Promise<void>((resolve) => void ends.set(name, resolve)),
  };
}

test('as many run at once as the pace allows, in order', async () => {
  const { running, end, act } = actions();
  const all = runPaced(['a', 'b', 'c'], { together: 2 }, never, act);
  expect(running()).toEqual(['a', 'b']);
  await end('a');
  expect(running()).toEqual(['b', 'c']);
  await end('b');
  await end('c');
  await all;
});

test('after an abort none is started, and those that run are awaited', async () => {
  const { running, end, act } = actions();
  const abort = new AbortController();
  const all = runPaced(['a', 'b'], { together: 1 }, abort.signal, act);
  abort.abort();
  await end('a');
  await all;
  expect(running()).toEqual([]);
});

test('a failed action is told once the others have ended', async () => {
  const { end, act } = actions();
  const all = runPaced(['a', 'b'], { together: 2 }, never, (name) =>
    name === 'a' ? Promise.reject(new Error('disk full')) : act(name),
  );
  const told = expect(all).rejects.toThrow('disk full');
  await end('b');
  await told;
});

test('runs that disturb each other become fewer, and more again after a calm time', () => {
  const pace = createPace(3, 1, () => Infinity);
  pace.seen(true);
  pace.seen(true);
  pace.seen(true);
  expect(pace.together).toBe(1);
  for (let n = 0; n < 8; n++) pace.seen(false);
  expect(pace.together).toBe(2);
});

test('as many as the processors go on however disturbed they are, since others may be to blame', () => {
  const pace = createPace(4, 2, () => Infinity);
  for (let n = 0; n < 5; n++) pace.seen(true);
  expect(pace.together).toBe(2);
  expect(createPace(1, 2, () => Infinity).together).toBe(1);
});

test('none is added beside others where memory is short, and one always goes on', async () => {
  const { running, end, act } = actions();
  const all = runPaced(
    ['a', 'b'],
    createPace(2, 2, () => 100e6),
    never,
    act,
  );
  expect(running()).toEqual(['a']);
  await end('a');
  expect(running()).toEqual(['b']);
  await end('b');
  await all;
});

import { HilError } from '../../base/error.ts';
import { ManualClock } from '../../base/manual-clock.fixture.ts';
import { createTestAbort, type OffTheClock, withDeadline } from './deadline.ts';

const turn = (): Promise<void> => new Promise(setImmediate);

/** A body that ends by hand, with a deadline of 1 s. */
function underDeadline() {
  const clock = new ManualClock();
  const abort = createTestAbort();
  let offTheClock: OffTheClock = (wait) => wait();
  let finish: () => void = () => undefined;
  const ended = withDeadline(
    (off) => {
      offTheClock = off;
      return new Promise((resolve) => {
        finish = resolve;
      });
    },
    { clock, deadlineMs: 1_000, abort },
  );
  ended.catch(() => undefined);
  /** A wait with a limit of its own; the function returned ends it. */
  const wait = (): (() => Promise<void>) => {
    let over: () => void = () => undefined;
    const waited = offTheClock(
      () =>
        new Promise<void>((resolve) => {
          over = resolve;
        }),
    );
    return async () => {
      over();
      await waited;
    };
  };
  return { clock, abort, ended, wait, finish: () => finish() };
}

const overdue = { code: 'CLAUSE_DEADLINE', message: expect.stringContaining('longer than 1 s') as string };

describe("a test's deadline", () => {
  test('aborts the test when it passes', async () => {
    const { clock, abort, ended } = underDeadline();
    clock.advance(999);
    expect(abort.signal.aborted).toBe(false);
    clock.advance(1);
    await expect(ended).rejects.toMatchObject(overdue);
    expect(abort.signal.reason).toMatchObject(overdue);
  });

  test('stands still during a wait with a limit of its own', async () => {
    const { clock, abort, ended, wait, finish } = underDeadline();
    clock.advance(600);
    const over = wait();
    clock.advance(3_600_000);
    await over();
    clock.advance(399);
    expect(abort.signal.aborted).toBe(false);
    finish();
    await expect(ended).resolves.toBeUndefined();
  });

  test('goes on after that with the time that was left', async () => {
    const { clock, ended, wait } = underDeadline();
    clock.advance(600);
    const over = wait();
    clock.advance(5_000);
    await over();
    clock.advance(400);
    await expect(ended).rejects.toMatchObject(overdue);
  });

  test('stands still until the last of several waits is over', async () => {
    const { clock, abort, ended, wait } = underDeadline();
    const [first, second] = [wait(), wait()];
    await first();
    clock.advance(5_000);
    expect(abort.signal.aborted).toBe(false);
    await second();
    clock.advance(1_000);
    await expect(ended).rejects.toMatchObject(overdue);
  });

  test('does not fire once the test has ended during a wait', async () => {
    const { clock, abort, ended, wait } = underDeadline();
    const over = wait();
    abort.abort(new HilError('ABORTED', 'the run was stopped'));
    await expect(ended).rejects.toMatchObject({ code: 'ABORTED' });
    await over();
    await turn();
    clock.advance(5_000);
    expect(abort.signal.reason).toMatchObject({ code: 'ABORTED' });
  });
});

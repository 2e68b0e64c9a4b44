import type { Entry } from '../../../reports/record/entry.ts';
import { HilError } from '../../base/error.ts';
import { ManualClock } from '../../base/manual-clock.fixture.ts';
import { createRelease } from './release.ts';

const stop = new HilError('ABORTED', 'the run was interrupted: SIGTERM');

type Act = 'settle' | 'restore' | 'measureOwnShare' | 'durable' | 'close';

/** A board whose acts end at once; those in `slow` end when their signal aborts, as the real ones do. */
function releasing(slow: readonly Act[] = [], failures = 0, found?: HilError) {
  const clock = new ManualClock();
  const done: Act[] = [];
  const said: Entry[] = [];
  const begun = new Map<Act, () => void>();
  const act = (name: Act) => (signal?: AbortSignal) => {
    done.push(name);
    begun.get(name)?.();
    if (!slow.includes(name)) return Promise.resolve();
    return new Promise<void>((_, reject) => {
      const end = (): void => {
        const reason = signal?.reason as HilError;
        const restored = new HilError('RESTORE_FAILED', `not put back: QDMPCFG 1; since ${reason.message}`);
        reject(name === 'restore' ? restored : new HilError('ABORTED', 'aborted', { cause: reason }));
      };
      if (signal?.aborted) end();
      signal?.addEventListener('abort', end);
    });
  };
  const board = {
    settle: (signal?: AbortSignal) =>
      act('settle')(signal).then(() => (found ? Promise.reject(found) : undefined)),
    restore: act('restore'),
    measureOwnShare: act('measureOwnShare'),
    durable: (signal: AbortSignal) =>
      act('durable')(signal).then(
        () => undefined,
        () => 'AT+QDMPCFG=1,… may not be durable',
      ),
    close: act('close'),
    misbehaved: () => failures > 0,
  };
  const release = createRelease({ board, clock, emit: (entry) => said.push(entry) });
  return { release, clock, done, said, until: (name: Act) => new Promise<void>((go) => begun.set(name, go)) };
}

describe('releasing a board', () => {
  test('settles, restores, measures and closes', async () => {
    const { release, done, said } = releasing();
    await release.begin();
    await release.begin();
    expect(done).toEqual(['settle', 'restore', 'measureOwnShare', 'durable', 'close']);
    expect(said).toEqual([]);
  });

  test('reports what a restore that took too long did not put back', async () => {
    const { release, clock, said, until } = releasing(['restore']);
    const restoring = until('restore');
    const released = release.begin();
    await restoring;
    clock.advance(300_000);
    await released;
    expect(said).toMatchObject([
      {
        type: 'rig-error',
        code: 'RESTORE_FAILED',
        message: expect.stringContaining('longer than 300 s') as string,
      },
    ]);
  });

  test('in a hurry, restores for three seconds at the most and measures nothing', async () => {
    const { release, clock, done, said, until } = releasing(['restore']);
    const restoring = until('restore');
    release.hurry(stop);
    const released = release.begin();
    await restoring;
    clock.advance(3_000);
    await released;
    expect(done).toEqual(['restore', 'durable', 'close']);
    expect(said).toEqual([
      {
        type: 'message',
        text: `while ending: not put back: QDMPCFG 1; since ${stop.message}, and it took longer than 3 s`,
      },
    ]);
  });

  test('a hurry that begins during the restore shortens it', async () => {
    const { release, clock, done, said, until } = releasing(['restore']);
    const restoring = until('restore');
    const released = release.begin();
    await restoring;
    clock.advance(5_000);
    release.hurry(stop);
    clock.advance(3_000);
    await released;
    expect(done).toEqual(['settle', 'restore', 'durable', 'close']);
    expect(said).toMatchObject([{ type: 'message', text: expect.stringContaining('QDMPCFG 1') as string }]);
  });

  test('after an error of the rig nobody waits, so the restore takes its time, until a stop', async () => {
    const { release, clock, done, said, until } = releasing(['restore']);
    const restoring = until('restore');
    release.hurry(new HilError('AT_TIMEOUT', 'no answer'));
    const released = release.begin();
    await restoring;
    clock.advance(200_000);
    expect(done).toEqual(['restore']);
    release.hurry(stop);
    clock.advance(3_000);
    await released;
    expect(said).toMatchObject([{ text: expect.stringContaining(stop.message) as string }]);
  });

  test.each(['settle', 'measureOwnShare'] as const)('a hurry ends %s, which is no finding', async (act) => {
    const { release, done, said, until } = releasing([act]);
    const reached = until(act);
    const released = release.begin();
    await reached;
    release.hurry(stop);
    await released;
    expect(done).toContain('restore');
    expect(done.at(-1)).toBe('close');
    expect(said).toEqual([]);
  });

  const mismatch = new HilError('IDENTITY_MISMATCH', 'not the same module');

  test.each([0, 1])(
    'another module at the end voids the run, %d tests failed; nothing is written to it',
    async (failures) => {
      const { release, done, said } = releasing([], failures, mismatch);
      await release.begin();
      expect(done).toEqual(['settle', 'durable', 'close']);
      expect(said).toMatchObject([
        { type: 'rig-error', code: 'IDENTITY_MISMATCH' },
        { type: 'message', text: expect.stringContaining('nothing was restored') as string },
      ]);
    },
  );

  test('another module, found during the run, is not written to either', async () => {
    const { release, done } = releasing();
    release.hurry(mismatch);
    await release.begin();
    expect(done).toEqual(['durable', 'close']);
  });

  test('in a hurry, waits four seconds in all until the restore is durable, and reports what may not be', async () => {
    const { release, clock, said, until } = releasing(['durable']);
    const waiting = until('durable');
    release.hurry(stop);
    const released = release.begin();
    await waiting;
    clock.advance(3_999);
    expect(said).toEqual([]);
    clock.advance(1);
    await released;
    expect(said).toEqual([{ type: 'message', text: 'while ending: AT+QDMPCFG=1,… may not be durable' }]);
  });

  test('an error after failed tests is no rig error', async () => {
    const { release, clock, said, until } = releasing(['restore'], 1);
    const restoring = until('restore');
    const released = release.begin();
    await restoring;
    clock.advance(300_000);
    await released;
    expect(said).toMatchObject([{ type: 'message' }]);
  });
});

import { HilError } from '../base/error.ts';
import { elapse } from '../bc26/fake-at.ts';
import type { FakeBench } from '../bc26/fake-bench.ts';
import { fakeBench } from '../bc26/fake-bench.ts';
import type { Entry } from '../../reports/entry.ts';
import { createFitness } from './fitness.ts';

const identity = { imei: '863703030822519', revision: 'BC26NBR01A07' };
const other = { 'AT+CGMR': ['Revision: BC26NBR01A08', 'OK'] };
const { signal } = new AbortController();
const timeout = new HilError('AT_TIMEOUT', 'no answer');

function fitnessOf(bench: FakeBench, stranger?: HilError) {
  const said: Entry[] = [];
  let restarted = 0;
  const fitness = createFitness({
    bench,
    identity,
    emit: (entry) => said.push(entry),
    contacts: { stranger: () => stranger },
    restarted: () => void restarted++,
  });
  return {
    fitness,
    said,
    forgotten: () => restarted,
    settled: <T>(promise: Promise<T>) => elapse(bench.clock, promise),
  };
}

const rungsOf = (bench: FakeBench): unknown[] =>
  bench.trace.lines.filter(({ body }) => body['kind'] === 'recovery').map(({ body }) => body['rung']);

/** A board whose line is never quiet until its reset pin was pulled. */
function babbling(bench: FakeBench): FakeBench {
  const idle: FakeBench['at']['idle'] = (quietMs, deadlineMs, until) => {
    if (bench.acts.some(({ act }) => act === 'reset')) return bench.at.idle(quietMs, deadlineMs, until);
    return bench.at.idle(deadlineMs, deadlineMs, until).then(() => {
      throw new HilError('LINE_NOT_IDLE', 'the line was not quiet');
    });
  };
  return { ...bench, at: { ...bench.at, idle, transmit: () => Promise.resolve({} as never) } };
}

describe('before a test', () => {
  test('a module nothing speaks against is left alone', async () => {
    const bench = fakeBench();
    const { fitness, settled, forgotten } = fitnessOf(bench);
    await settled(fitness.ready(signal));
    expect(bench.at.commands).toEqual([]);
    expect(forgotten()).toBe(0);
  });

  test('a module that babbles is reset, and is no dead rig', async () => {
    const bench = babbling(fakeBench());
    const { fitness, settled, said } = fitnessOf(bench);
    await settled(fitness.ready(signal));
    expect(rungsOf(bench)).toEqual(['re-sync', 'drain', 'soft-reset', 'reset-pin']);
    expect(said).toMatchObject([
      { type: 'message', text: expect.stringContaining('LINE_NOT_IDLE') as string },
    ]);
  });

  test('a module that restarts and then babbles is reset', async () => {
    const bench = babbling(fakeBench());
    const { fitness, settled } = fitnessOf(bench);
    bench.at.boot();
    await settled(fitness.ready(signal));
    expect(rungsOf(bench).at(-1)).toBe('reset-pin');
    expect(fitness.restarts).toBe(1);
  });

  test('a module that restarted is set up again, and what it showed is forgotten', async () => {
    const bench = fakeBench();
    const { fitness, settled, forgotten } = fitnessOf(bench);
    bench.at.boot();
    await settled(fitness.ready(signal));
    expect(bench.at.commands).toEqual(expect.arrayContaining(['ATE0', 'AT+CMEE=1']));
    expect(rungsOf(bench)).toEqual([]);
    expect(forgotten()).toBeGreaterThan(0);
  });

  test('a restarted module that refuses its set-up is brought back', async () => {
    const refusing = new Proxy(
      {},
      {
        get: (_, command) =>
          command === 'AT+CMEE=1' && !bench.acts.some(({ act }) => act === 'reset') ? ['ERROR'] : undefined,
      },
    );
    const bench: FakeBench = fakeBench({ replies: refusing });
    const { fitness, settled } = fitnessOf(bench);
    bench.at.boot();
    await settled(fitness.ready(signal));
    expect(rungsOf(bench).at(-1)).toBe('reset-pin');
  });

  test.each([
    ['restarted by itself', (bench: FakeBench) => bench.at.boot()],
    ['was brought back', () => undefined],
  ])('another module after one that %s voids the run', async (_name, happens) => {
    const bench = fakeBench({ replies: other });
    const { fitness, settled } = fitnessOf(bench);
    fitness.suspect(timeout, 'AT+CSQ');
    happens(bench);
    await expect(settled(fitness.ready(signal))).rejects.toMatchObject({ code: 'IDENTITY_MISMATCH' });
    expect(bench.acts).toEqual([]);
  });

  test('a module that would contact strangers is not booted', async () => {
    const bench = fakeBench({ on: false });
    const stranger = new HilError('STRANGER_AT_REBOOT', 'not booted: 117.161.2.41');
    const { fitness, settled } = fitnessOf(bench, stranger);
    fitness.suspect(timeout, 'AT+CSQ');
    await expect(settled(fitness.ready(signal))).rejects.toMatchObject({
      code: 'MODULE_DEAD',
      message: expect.stringContaining('117.161.2.41') as string,
    });
    expect(bench.acts.map(({ act }) => act)).toEqual(['off']);
  });
});

describe('after a command under test that was not answered', () => {
  /** Answers AT, but neither of the two commands until one of `cures` has been done. */
  function hanging(cures: readonly string[]): FakeBench {
    const cured = (): boolean => bench.acts.some(({ act }) => cures.includes(act));
    const get = (_: unknown, command: string) =>
      command.startsWith('AT+QDMPCFG') && !cured() ? 'silence' : undefined;
    const bench: FakeBench = fakeBench({ replies: new Proxy({}, { get }) as Record<string, never> });
    return { ...bench, at: { ...bench.at, transmit: () => Promise.resolve({} as never) } };
  }
  const asked = (bench: FakeBench): string[] =>
    bench.at.commands.filter((command) => command.startsWith('AT+QDMPCFG'));

  test.each([
    ['AT+QDMPCFG=1,"192.0.2.1",5683,300', 'AT+QDMPCFG?'],
    ['at+qdmpcfgex=2,2', 'AT+QDMPCFGEX=0,1'],
  ])('a module that answers AT is reset where its task hangs (%s)', async (command, form) => {
    const bench = hanging(['reset']);
    const { fitness, settled } = fitnessOf(bench);
    fitness.suspect(timeout, command);
    await settled(fitness.ready(signal));
    expect(rungsOf(bench)).toEqual(['re-sync', 'drain', 'soft-reset', 'reset-pin']);
    expect(new Set(asked(bench))).toEqual(new Set([form]));
  });

  test('a module that never answers it is neither dead nor taken up the ladder again', async () => {
    const bench = hanging([]);
    const { fitness, settled } = fitnessOf(bench);
    fitness.suspect(timeout, 'AT+QDMPCFG?');
    await settled(fitness.ready(signal));
    expect(rungsOf(bench).at(-1)).toBe('supply-cut');
    const climbed = rungsOf(bench).length;
    fitness.suspect(new HilError('AT_TIMEOUT', 'no answer'), 'AT+QDMPCFG=4,1');
    await settled(fitness.ready(signal));
    expect(rungsOf(bench).slice(climbed)).toEqual(['re-sync']);
  });

  test('another command is not asked for', async () => {
    const bench = hanging([]);
    const { fitness, settled } = fitnessOf(bench);
    fitness.suspect(timeout, 'AT+CEREG?');
    await settled(fitness.ready(signal));
    expect(rungsOf(bench)).toEqual(['re-sync']);
  });
});

describe('before a failed test is run again', () => {
  test('a module that answers well is set up anew, and not rebooted', async () => {
    const bench = fakeBench();
    const { fitness, settled, said } = fitnessOf(bench);
    await settled(fitness.isolate(signal));
    expect(bench.at.commands).toEqual(expect.arrayContaining(['AT', 'ATE0', 'AT+CMEE=1', 'AT+QSCLK=0']));
    expect(bench.acts).toEqual([]);
    expect(bench.trace.lines.map(({ body }) => body)).toContainEqual({
      kind: 'recovery',
      rung: 're-sync',
      helped: true,
      because: 'confirmation',
    });
    expect(said).toEqual([]);
  });

  test('one that does not is reset', async () => {
    const silent = new Proxy(
      {},
      { get: () => (bench.acts.some(({ act }) => act === 'reset') ? undefined : 'silence') },
    );
    const bench: FakeBench = fakeBench({ replies: silent });
    const { fitness, settled, said } = fitnessOf(bench);
    await settled(fitness.isolate(signal));
    expect(rungsOf(bench).at(-1)).toBe('reset-pin');
    expect(said).toMatchObject([{ text: expect.stringContaining('run again') as string }]);
  });
});

describe('a reboot', () => {
  test.each(['BOOT_TIMEOUT', 'LINE_NOT_IDLE'] as const)(
    'that ends in %s is the module’s failure, and the ladder is climbed after it',
    async (code) => {
      const bench = fakeBench();
      const { fitness, settled } = fitnessOf(bench);
      const failed = fitness.reboot('soft', () => Promise.reject(new HilError(code, 'so it went')));
      await expect(failed).rejects.toMatchObject({ code: 'REBOOT_FAILED', blame: 'module' });
      await settled(fitness.ready(signal));
      expect(rungsOf(bench)).toEqual(['re-sync']);
    },
  );

  test('whose boot text comes late is no restart that nobody asked for', async () => {
    const bench = fakeBench({ bootMs: 300 });
    const { fitness, settled } = fitnessOf(bench);
    const failed = fitness.reboot('soft', () => Promise.reject(new HilError('BOOT_TIMEOUT', 'so it went')));
    await expect(failed).rejects.toMatchObject({ code: 'REBOOT_FAILED' });
    const ready = fitness.ready(signal);
    bench.clock.after(15, () => bench.at.boot());
    await settled(ready);
    expect(fitness.restarts).toBe(0);
  });
});

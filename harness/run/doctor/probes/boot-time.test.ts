import type { RigFile } from '../../../../rigs/file/rig-file.ts';
import { fakeBench } from '../../../bc26/fake-bench.fixture.ts';
import { naming, rebootInterval } from './boot-time.ts';
import { emptyFigures, type Figures, type ProbeContext } from './probe-context.ts';

function context(named: Figures['named'], waitsMs: readonly number[] = []): ProbeContext {
  const bench = fakeBench();
  bench.learned.rebootWaitsMs.push(...waitsMs);
  return {
    rig: { module: { bootDeadlineMs: 30_000, rebootIntervalMs: 10_000 } } as RigFile,
    bench,
    port: { onData: () => () => undefined, onGone: () => () => undefined },
    signal: new AbortController().signal,
    figures: { ...emptyFigures(), named: [...named] },
    begin: () => undefined,
  };
}

describe('a module', () => {
  test('that names itself at once is not spoken of', () => {
    expect(naming(context([{ firstMs: 1_500, namedMs: 1_900 }]))).toEqual([]);
    expect(naming(context([]))).toEqual([]);
  });

  test('that is slow to name itself is named, with both times of its slowest boot', () => {
    const boots = [
      { firstMs: 1_500, namedMs: 5_620 },
      { firstMs: 1_510, namedMs: 1_700 },
      { firstMs: 1_400, namedMs: 4_000 },
    ];
    expect(naming(context(boots))).toEqual([
      {
        id: 'naming',
        severity: 'note',
        what: 'the module is slow to name itself, in 2 of 3 boots: AT is first answered after 1.50 s, IMEI and revision only after 5.62 s; each boot waits for it',
      },
    ]);
  });

  test('that takes most of the time the rig file allows is warned of', () => {
    const [finding] = naming(context([{ firstMs: 2_000, namedMs: 16_000 }]));
    expect(finding).toMatchObject({ severity: 'warning' });
    expect(finding?.mend).toContain('module.bootDeadlineMs');
  });
});

describe('the least time between reboots', () => {
  test('is spoken of where it was waited for', () => {
    expect(rebootInterval(context([], [8_400, 8_250]))).toEqual([
      {
        id: 'boot-interval',
        severity: 'note',
        what: 'waited 16.65 s in all before 2 boots: the rig file keeps boots 10.00 s apart (module.rebootIntervalMs)',
      },
    ]);
  });

  test('is not where no boot had to wait', () => {
    expect(rebootInterval(context([]))).toEqual([]);
  });
});

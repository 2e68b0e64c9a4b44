import { runEnd, runStart } from './example-run.fixture.ts';
import { foldRecord } from './fold-record.ts';

const boot = { bootMs: 1_512, namedMs: 5_540, echoes: false };

describe('boots in the record', () => {
  test('each has its times, and all of them are observed', () => {
    const { boots, observations, counters } = foldRecord([
      runStart([], []),
      { type: 'start', kind: 'start', ...boot },
      { type: 'waiting', text: 'waiting 8.2 s' },
      { type: 'reboot', kind: 'soft', ...boot, bootMs: 1_490, namedMs: 1_520 },
      runEnd,
    ]);
    expect(boots).toEqual([
      { kind: 'start', answeredMs: 1_512, namedMs: 5_540, echoes: false },
      { kind: 'soft', answeredMs: 1_490, namedMs: 1_520, echoes: false },
    ]);
    expect(counters.reboots).toBe(1);
    expect(observations).toEqual({
      'BOOT-ALIVE.answered': 'after 1490 to 1512 ms, in 2 boots',
      'BOOT-ALIVE.named': 'after 1520 to 5540 ms, in 2 boots',
    });
  });

  test('a module that was running already shows no boot time; an echo that stays is observed', () => {
    const { boots, observations } = foldRecord([
      runStart([], []),
      { type: 'start', kind: 'running', ...boot, echoes: true },
    ]);
    expect(boots).toHaveLength(1);
    expect(observations).toEqual({ 'BOOT-ALIVE.echo': 'stays on after ATE0' });
  });

  test('a trace of an older version has fewer facts', () => {
    const { boots, counters } = foldRecord([
      runStart([], []),
      { type: 'reboot', kind: 'soft', bootMs: 1_600 },
    ]);
    expect(boots).toEqual([]);
    expect(counters.reboots).toBe(1);
  });
});

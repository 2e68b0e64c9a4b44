import { parseRigFile } from '../../rigs/file/load-rig-file.ts';
import { scriptedPort } from '../at/scripted-port.fixture.ts';
import { failing, pass } from '../at/test-desk.fixture.ts';
import { ManualClock } from '../base/manual-clock.fixture.ts';
import { memoryTrace } from '../base/trace.ts';
import type { Bench } from './bench.ts';
import { fakeBench } from './fake-bench.fixture.ts';
import { type BenchOptions, openBench } from './open-bench.ts';

const rig = parseRigFile(
  '/etc/bench.yaml',
  `name: bench
serial: { path: /dev/ttyTEST, reopen: true }
control: { driver: command, on: ['true'], off: ['true'] }
module: { imei: '863703030822519', firmware: BC26NBR01A07, bootDeadlineMs: 6000 }`,
  {},
);

function opened(more: Partial<BenchOptions> = {}) {
  const clock = new ManualClock();
  const port = scriptedPort(clock);
  const { control } = fakeBench();
  const bench = openBench({
    rig,
    board: { port, control },
    trace: memoryTrace(),
    shown: (command) => command,
    clock,
    ...more,
  });
  return { bench, port, clock };
}

describe('an opened bench', () => {
  test('takes the boot deadline, the guard and the adapter from the rig file', () => {
    const { bench } = opened();
    expect(bench).toMatchObject({
      timing: { hardMs: 6_000, softMs: 10_000 },
      guard: { imei: '863703030822519', firmware: 'BC26NBR01A07' },
      reopens: true,
    });
    bench.at.close();
  });

  test('reads the port from the start and sends nothing by itself', () => {
    const { bench, port } = opened();
    expect(port.listeners).toBeGreaterThan(0);
    expect(port.written).toEqual([]);
    bench.at.close();
  });

  test('shows a command in an error as it is told to', async () => {
    const { bench, clock } = opened({ shown: (command) => command.replace('secret', '****') });
    const error = failing(bench.at.send('AT+KEY=secret', { deadlineMs: 100 }));
    await pass({ clock }, 200);
    expect((await error).message).toContain('AT+KEY=****');
    expect((await error).message).not.toContain('secret');
    bench.at.close();
  });

  test('takes from an answer what the emulated module says it was late by', async () => {
    const { bench, port, clock } = opened({ disturbanceOf: () => 7 });
    const heard: number[] = [];
    bench.at.onExchange(({ timing }) => heard.push(timing.disturbanceMs));
    port.answer('\r\nOK\r\n');
    const answer = bench.at.send('AT');
    await pass({ clock }, 50);
    await answer;
    await bench.at.reported();
    expect(heard).toEqual([7]);
    bench.at.close();
  });

  test('keeps the power saving found in the map it is given', () => {
    const powerSaving: NonNullable<Bench['powerSaving']> = new Map();
    expect(opened({ powerSaving }).bench.powerSaving).toBe(powerSaving);
    expect(opened().bench.powerSaving).toBeUndefined();
  });
});

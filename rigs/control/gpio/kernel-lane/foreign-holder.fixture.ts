import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { until } from '../../../../harness/base/until.fixture.ts';
import type { SimulatedChip } from './simulated-chip.fixture.ts';

/** Runs `act` while another program, Debian's gpioset, holds the line high. */
export async function whileHeld(chip: SimulatedChip, line: number, act: () => Promise<void>): Promise<void> {
  const holder = spawn('gpioset', ['--mode=signal', chip.device, `${line}=1`], { stdio: 'ignore' });
  const ended = once(holder, 'exit');
  try {
    await until(
      () => chip.level(line),
      (level) => level === 1,
    );
    await act();
  } finally {
    holder.kill();
    await ended;
  }
}

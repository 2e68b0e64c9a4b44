import { execFileSync } from 'node:child_process';

import type { ChipMaker, ObservedChip, ObservedLevel } from '../observed-chip.fixture.ts';
import { levelsOf, startLevelTrace } from './level-trace.fixture.ts';
import { simulateChip, type SimulatedChip } from './simulated-chip.fixture.ts';

/** Chips of the kernel's gpio-sim, where a test asks for chips: it runs on a real kernel then. */
export function kernelChips(): ChipMaker {
  let made: SimulatedChip[] = [];
  return {
    chips: (wanted) => {
      startLevelTrace();
      made = wanted.map(({ label, lines }, index) => simulateChip(`chip${index}`, label, lines));
      return Promise.resolve(made.map(farChip));
    },
    end: () => {
      for (const chip of made) chip.remove();
      made = [];
      return Promise.resolve();
    },
  };
}

const farChip = (chip: SimulatedChip): ObservedChip => ({
  label: chip.label,
  base: chip.base,
  pull: (line, level) => chip.pull(line, level === 'high' ? 1 : 0),
  driven: (line) => drivenTo(chip.base + line),
  claimed: (line) => {
    const lines = execFileSync('gpioinfo', [chip.device], { encoding: 'utf8' });
    return new RegExp(`^\\s*line\\s+${line}:.*\\[used\\]$`, 'm').test(lines);
  },
});

/** To drive a line to the level it has is no change at the far end. */
function drivenTo(number: number): ObservedLevel[] {
  const levels = levelsOf(number);
  return levels
    .filter(({ level }, index) => level !== levels[index - 1]?.level)
    .map(({ level, at }) => ({ level: level ? 'high' : 'low', from: at, to: at }));
}

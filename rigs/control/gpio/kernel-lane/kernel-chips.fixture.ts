import { execFileSync } from 'node:child_process';

import type { ChipMaker, ObservedChip, ObservedLevel } from '../observed-chip.fixture.ts';
import { levelsOf, startLevelTrace } from './level-trace.fixture.ts';
import { simulateChip, type SimulatedChip } from './simulated-chip.fixture.ts';

/** Makes chips of the kernel's gpio-sim, so that tests of lines run on a real kernel. */
export function kernelChips(): ChipMaker {
  let made: SimulatedChip[] = [];
  return {
    chips: (wanted) => {
      startLevelTrace();
      made = wanted.map(({ label, lines }, index) => simulateChip(`chip${index}`, label, lines));
      return Promise.resolve(made.map(asObserved));
    },
    end: () => {
      for (const chip of made) chip.remove();
      made = [];
      return Promise.resolve();
    },
  };
}

const asObserved = (chip: SimulatedChip): ObservedChip => ({
  label: chip.label,
  base: chip.base,
  pull: (line, level) => chip.pull(line, level === 'high' ? 1 : 0),
  driven: (line) => observedLevels(chip.base + line),
  claimed: (line) => {
    const lines = execFileSync('gpioinfo', [chip.device], { encoding: 'utf8' });
    return new RegExp(`^\\s*line\\s+${line}:.*\\[used\\]$`, 'm').test(lines);
  },
});

/** Drops levels that the line had already: from outside they are no change. */
function observedLevels(number: number): ObservedLevel[] {
  const levels = levelsOf(number);
  return levels
    .filter(({ level }, index) => level !== levels[index - 1]?.level)
    .map(({ level, at }) => ({ level: level ? 'high' : 'low', from: at, to: at }));
}

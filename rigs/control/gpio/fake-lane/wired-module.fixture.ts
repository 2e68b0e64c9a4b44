import { appendFileSync, readFileSync, watch } from 'node:fs';
import path from 'node:path';

import type { Level } from '../line.ts';
import type { ObservedChip } from '../observed-chip.fixture.ts';
import { fakeChips } from './fake-chips.fixture.ts';

/** A wire of a board: the line of a chip, and the level that does it. */
interface Wire {
  readonly chip: string;
  readonly line: number;
  readonly active: Level;
}

export type Wiring = Readonly<Record<'powerKey' | 'reset' | 'supply' | 'powered', Wire>>;

/** What the emulated module takes for each level of its pins. */
const words = {
  powerKey: { on: 'power-key down', off: 'power-key up' },
  reset: { on: 'reset down', off: 'reset up' },
  supply: { on: 'supply on', off: 'supply off' },
} as const;

const inputs = ['powerKey', 'reset', 'supply'] as const;

/** Lines of fake chips, wired to the pins of an emulated module that runs in `moduleDir`. */
export interface WiredModule {
  /** Whether the module is powered, as it says itself. */
  powered(): boolean;
  /** The levels a wire was driven to, oldest first. */
  driven(name: keyof Wiring): readonly Level[];
  claimed(name: keyof Wiring): boolean;
  end(): Promise<void>;
}

/** Makes the chips and connects them, as solder would: whoever drives a line, the module follows. */
export async function wireModule(
  moduleDir: string,
  wiring: Wiring,
  bases: Readonly<Record<string, number>>,
): Promise<WiredModule> {
  const farEnd = fakeChips((chip, line, level) => {
    const name = inputs.find((input) => wiring[input].chip === chip.label && wiring[input].line === line);
    if (name)
      appendFileSync(
        path.join(moduleDir, 'control'),
        `${words[name][level === wiring[name].active ? 'on' : 'off']}\n`,
      );
  });
  const chips = await farEnd.chips(
    Object.entries(bases).map(([label, base]) => ({ label, base, lines: 54 })),
  );
  const chipOf = (name: keyof Wiring): ObservedChip =>
    chips.find(({ label }) => label === wiring[name].chip)!;

  const powered = (): boolean => readFileSync(path.join(moduleDir, 'powered'), 'latin1').trim() === '1';
  const sense = (): void => {
    const { line, active } = wiring.powered;
    const inactive = active === 'high' ? 'low' : 'high';
    chipOf('powered').pull(line, powered() ? active : inactive);
  };
  // The folder, since the file is replaced at each change.
  const watcher = watch(moduleDir, (_event, name) => {
    if (name === 'powered') sense();
  });
  sense();

  return {
    powered,
    driven: (name) =>
      chipOf(name)
        .driven(wiring[name].line)
        .map(({ level }) => level),
    claimed: (name) => chipOf(name).claimed(wiring[name].line),
    async end() {
      watcher.close();
      await farEnd.end();
    },
  };
}

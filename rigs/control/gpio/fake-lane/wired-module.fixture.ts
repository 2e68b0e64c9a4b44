import { appendFileSync, readFileSync, watch } from 'node:fs';
import path from 'node:path';

import type { Level } from '../line.ts';
import type { ObservedChip } from '../observed-chip.fixture.ts';
import { fakeChips } from './fake-chips.fixture.ts';

/** A wire of a board: the line of a chip, and its active level. */
interface Wire {
  readonly chip: string;
  readonly line: number;
  readonly active: Level;
}

export type Wiring = Readonly<Record<'powerKey' | 'reset' | 'supply' | 'powered', Wire>>;

/** The emulated module's control lines for each level of its pins. */
const controlLines = {
  powerKey: { on: 'power-key down', off: 'power-key up' },
  reset: { on: 'reset down', off: 'reset up' },
  supply: { on: 'supply on', off: 'supply off' },
} as const;

const inputs = ['powerKey', 'reset', 'supply'] as const;

/** An emulated module whose pins are wired to lines of fake chips. */
export interface WiredModule {
  /** Whether the module is powered, by its own report. */
  powered(): boolean;
  /** The levels a wire was driven to, oldest first. */
  driven(name: keyof Wiring): readonly Level[];
  claimed(name: keyof Wiring): boolean;
  end(): Promise<void>;
}

/** Makes the chips and wires them to the emulated module that runs in `moduleDir`. */
export async function wireModule(
  moduleDir: string,
  wiring: Wiring,
  bases: Readonly<Record<string, number>>,
): Promise<WiredModule> {
  const maker = fakeChips((chip, line, level) => {
    const name = inputs.find((input) => wiring[input].chip === chip.label && wiring[input].line === line);
    if (name)
      appendFileSync(
        path.join(moduleDir, 'control'),
        `${controlLines[name][level === wiring[name].active ? 'on' : 'off']}\n`,
      );
  });
  const chips = await maker.chips(Object.entries(bases).map(([label, base]) => ({ label, base, lines: 54 })));
  const chipOf = (name: keyof Wiring): ObservedChip =>
    chips.find(({ label }) => label === wiring[name].chip)!;

  const powered = (): boolean => readFileSync(path.join(moduleDir, 'powered'), 'latin1').trim() === '1';
  const updateVddExt = (): void => {
    const { line, active } = wiring.powered;
    const inactive = active === 'high' ? 'low' : 'high';
    chipOf('powered').pull(line, powered() ? active : inactive);
  };
  // Watches the folder, since the file is replaced at each change.
  const watcher = watch(moduleDir, (_event, name) => {
    if (name === 'powered') updateVddExt();
  });
  updateVddExt();

  return {
    powered,
    driven: (name) =>
      chipOf(name)
        .driven(wiring[name].line)
        .map(({ level }) => level),
    claimed: (name) => chipOf(name).claimed(wiring[name].line),
    async end() {
      watcher.close();
      await maker.end();
    },
  };
}

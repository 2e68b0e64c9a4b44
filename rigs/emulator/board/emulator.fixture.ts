import { ManualClock } from '../base/manual-clock.fixture.ts';
import type { EmulatorMessage } from '../base/protocol.ts';
import type { NvramStore } from '../module/nvram.ts';
import { createEmulator, type Emulator } from './emulator.ts';

export const BOOT_MS = 100;

export interface TestEmulator {
  readonly clock: ManualClock;
  readonly emulator: Emulator;
  readonly messages: EmulatorMessage[];
  /** Returns what the host has received since the last call (latin1). */
  readonly takeReceived: () => string;
  /** Writes the pieces, 5 ms apart, waits for the answers, and returns them. */
  readonly send: (...pieces: string[]) => string;
}

function emptyStore(): NvramStore {
  let kept: ReadonlyMap<string, string> = new Map();
  return {
    load: () => kept,
    save: (items) => {
      kept = new Map(items);
    },
  };
}

/** An emulated module with a clock that tests move; it is off. */
export function openEmulator(settings: Record<string, string> = {}): TestEmulator {
  const clock = new ManualClock();
  const messages: EmulatorMessage[] = [];
  let received = '';
  const emulator = createEmulator({
    clock,
    store: emptyStore(),
    network: { join: () => () => undefined },
    seed: 7,
    baud: 115_200,
    write: (bytes) => (received += Buffer.from(bytes).toString('latin1')),
    report: (message) => messages.push(message),
  });
  emulator.settings.change('bootMs', String(BOOT_MS));
  for (const [name, value] of Object.entries(settings)) emulator.settings.change(name, value);
  const takeReceived = (): string => {
    const text = received;
    received = '';
    return text;
  };
  return {
    clock,
    emulator,
    messages,
    takeReceived,
    send(...pieces) {
      for (const piece of pieces) {
        emulator.feed(Buffer.from(piece, 'latin1'), clock.now());
        clock.advance(5);
      }
      clock.advance(1000);
      return takeReceived();
    },
  };
}

export function openBootedEmulator(settings: Record<string, string> = {}): TestEmulator {
  const module = openEmulator(settings);
  module.emulator.power.supplyOn();
  module.emulator.power.keyPressed();
  module.clock.advance(BOOT_MS);
  module.takeReceived();
  module.send('ATE0\r');
  module.messages.length = 0;
  return module;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync, statfsSync } from 'node:fs';
import path from 'node:path';

import type { Level } from '../line.ts';
import type { ChipMaker, ObservedChip, ObservedLevel, WantedChip } from '../observed-chip.fixture.ts';

const root = '/sys/class/gpio';
const tmpfs = 0x01021994;

type ChipMessage =
  | { readonly ready: true }
  | { readonly number: number; readonly level: 0 | 1; readonly from: string; readonly to: string }
  | { readonly exported: readonly number[] };

/** Called with every level that a line is driven to, at once. */
export type OnDriven = (chip: ObservedChip, line: number, level: Level) => void;

class FakeChip implements ObservedChip {
  readonly label: string;
  readonly base: number;
  readonly lines: number;
  readonly #program: ChildProcess;
  readonly #driven = new Map<number, ObservedLevel[]>();
  #exported: readonly number[] = [];

  constructor({ label, base = 512, lines }: WantedChip, program: ChildProcess, onDriven: OnDriven) {
    this.label = label;
    this.base = base;
    this.lines = lines;
    this.#program = program;
    program.on('message', (message: ChipMessage) => {
      if ('exported' in message) this.#exported = message.exported;
      if (!('number' in message) || !this.#has(message.number)) return;
      const line = message.number - base;
      const level = message.level ? 'high' : 'low';
      this.#driven.set(line, [
        ...this.driven(line),
        { level, from: BigInt(message.from), to: BigInt(message.to) },
      ]);
      onDriven(this, line, level);
    });
  }

  pull(line: number, level: Level): void {
    this.#program.send({ pull: this.base + line, level: level === 'high' ? 1 : 0 });
  }

  driven(line: number): readonly ObservedLevel[] {
    return this.#driven.get(line) ?? [];
  }

  claimed(line: number): boolean {
    return this.#exported.includes(this.base + line);
  }

  #has(number: number): boolean {
    return number >= this.base && number < this.base + this.lines;
  }
}

/** /sys/class is a tmpfs only in a mount namespace of its own; the machine's folder is never touched. */
function refuseRealSysfs(): void {
  if (statfsSync('/sys/class').type !== tmpfs)
    throw new Error('/sys/class is the kernel’s own: run this by test-in-namespace.fixture.ts');
}

/** Makes fake chips on the tmpfs that replaces /sys/class; one program serves them all. */
export function fakeChips(onDriven: OnDriven = () => {}): ChipMaker {
  refuseRealSysfs();
  let program: ChildProcess | undefined;
  return {
    async chips(wanted) {
      const child = spawn(
        process.execPath,
        [path.join(import.meta.dirname, 'fake-sysfs.fixture.mjs'), root, JSON.stringify(wanted)],
        { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: { PATH: process.env['PATH'] } },
      );
      program = child;
      child.setMaxListeners(20);
      const chips = wanted.map((chip) => new FakeChip(chip, child, onDriven));
      await once(child, 'message');
      return chips;
    },
    async end() {
      if (program) {
        const ended = once(program, 'exit');
        program.kill('SIGKILL');
        await ended;
        program = undefined;
      }
      for (const name of readdirSync(root)) rmSync(path.join(root, name), { recursive: true });
    },
  };
}

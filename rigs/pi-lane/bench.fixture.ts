import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { builtFolder, newCard, packSources } from './files.fixture.ts';
import { type ModuleOutside, startModule } from './module-outside.fixture.ts';
import { bootPi, type Parts, type Pi } from './pi.fixture.ts';
import type { Done } from './pi-console.fixture.ts';
import { type Edge, stays, Wiring } from './wiring.fixture.ts';

/** A bench: a Pi with a card of its own, and the emulated module that it is wired to. */
export class Bench {
  #pi: Pi | undefined;

  readonly #parts: Parts;
  readonly #module: ModuleOutside;
  readonly #wiring: Wiring;

  private constructor(parts: Parts, module: ModuleOutside, wiring: Wiring) {
    this.#parts = parts;
    this.#module = module;
    this.#wiring = wiring;
  }

  /** Builds what is not cached; the Pi is off. */
  static async make(): Promise<Bench> {
    const built = await builtFolder();
    const folder = mkdtempSync(path.join(tmpdir(), 'bc26-hil-pi-'));
    say(`the console's log is ${path.join(folder, 'console.log')}`);
    try {
      const initramfs = await packSources(built, folder);
      const card = await newCard(built, folder);
      // Last: it is a process, which nobody would end.
      const module = await startModule(path.join(folder, 'module'));
      const wiring = new Wiring((line) => module.control(line));
      return new Bench({ built, initramfs, card, device: module.device, folder }, module, wiring);
    } catch (error) {
      rmSync(folder, { recursive: true });
      throw error;
    }
  }

  async boot(): Promise<void> {
    this.#pi = await bootPi(this.#parts, (write) => this.#wiring.take(write));
    say(`booted in ${seconds(this.#pi.bootMs)}`);
  }

  /** Runs a command of bash inside, and says how it ended. */
  async run(command: string): Promise<Done> {
    const done = await this.#pi!.run(command);
    say(`${seconds(done.ms)}, exit code ${done.code}: ${command.slice(0, 100)}`);
    return done;
  }

  /** The Pi's power is cut; what it drove falls back. */
  async losePower(): Promise<void> {
    await this.#pi?.losePower();
    this.#pi = undefined;
    this.#wiring.release();
    say('lost its power');
  }

  /** The level of each line of the header now. */
  get levels(): Record<string, 0 | 1> {
    return this.#wiring.levels;
  }

  /** What the module keeps without power, by name. */
  nvram(): Record<string, string> {
    const file = path.join(this.#parts.folder, 'module', 'nvram.json');
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  }

  /** Says what the record of a run counts. */
  async figures(name: string): Promise<void> {
    const { output } = await this.run(`node --print '${shown(`/root/${name}/run.json`)}'`);
    say(`${name}: ${output.trim()}`);
  }

  get edges(): readonly Edge[] {
    return this.#wiring.edges;
  }

  /** Ends all of it. The folder is kept where a test has failed. */
  async end(failed: boolean): Promise<void> {
    for (const [key, level, what] of measured) {
      const found = stays(this.edges, key, level);
      if (found.length) say(`${what}: ${found.length}, ${range(found)}`);
    }
    await this.losePower();
    await this.#module.end();
    if (failed) say(`kept: ${path.join(this.#parts.folder, 'console.log')}`);
    else rmSync(this.#parts.folder, { recursive: true });
  }
}

/** A program that reads a record; no quote of the shell's in it. */
const shown = (file: string): string =>
  `const { counters, durationMs, latency, startedAt } = require("${file}");` +
  'JSON.stringify({ startedAt, durationMs, ...counters, slowest: Math.max(...Object.values(latency).map((form) => form.max)) })';

const measured = [
  ['powerKey', 1, 'presses of the power key'],
  ['reset', 1, 'resets'],
  ['supply', 0, 'supply cuts'],
] as const;

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

const range = (all: readonly number[]): string =>
  `${Math.min(...all).toFixed(2)} to ${Math.max(...all).toFixed(2)} ms`;

/** Jest's own output shows nothing before a test file has ended. */
const say = (text: string): void => void process.stderr.write(`pi lane: ${text}\n`);

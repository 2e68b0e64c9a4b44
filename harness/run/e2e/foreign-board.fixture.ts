import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { until } from '../../../harness/base/until.fixture.ts';
import { root, untilPrinted, workFolder } from './qualify.fixture.ts';

/** A board that is foreign to the harness: an emulated module as a separate program, driven by shell commands. */
export interface ForeignBoard {
  /** Where the module keeps its control FIFO. */
  readonly moduleDir: string;
  /** The process of the module. */
  readonly pid: number;
  readonly device: string;
  /** A path in the board's folder, for instance of a run. */
  out(this: void, name: string): string;
  /** Writes a rig file outside the repository; `change` replaces lines of its control, its port and its credentials, `module` keys of its module. */
  rig(name: string, change?: Record<string, string>, module?: Record<string, string>): string;
  /** The environment of its runs: state that outlives a run stays in the board's folder. */
  env(): Record<string, string>;
  /** Resolves once the module is on, or off: it may act after the program that drives it has ended. */
  on(): Promise<void>;
  off(): Promise<void>;
  /** @param keep leaves the folder, for a look at what went wrong */
  end(options?: { readonly keep?: boolean }): Promise<void>;
}

/**
 * @param options options of the emulator program, such as faults
 * @param held what the module has saved, by the names of its NVRAM; nothing if absent
 */
export async function startForeignBoard(
  options: readonly string[] = [],
  held: Readonly<Record<string, string>> = {},
): Promise<ForeignBoard> {
  const folder = workFolder();
  const moduleDir = path.join(folder.dir, 'module');
  mkdirSync(moduleDir);
  const nvram = path.join(moduleDir, 'nvram.json');
  writeFileSync(nvram, JSON.stringify(held));
  const { NODE_OPTIONS: _, ...environment } = process.env;
  const program = path.join(root, 'rigs/emulator/main.mjs');
  const module: ChildProcess = spawn(
    process.execPath,
    [program, '--dir', moduleDir, '--nvram', nvram, '--seed', '3', ...options],
    {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await untilPrinted(module.stdout, 'control');
  const device = readFileSync(path.join(moduleDir, 'device'), 'latin1').trim();
  const out = (name: string): string => path.join(folder.dir, name);
  const powered = async (level: '0' | '1'): Promise<void> => {
    await until(
      () => readFileSync(path.join(moduleDir, 'powered'), 'latin1'),
      (text) => text === `${level}\n`,
      30_000,
    );
  };

  return {
    moduleDir,
    pid: module.pid!,
    device,
    out,
    rig(name, change = {}, module = {}) {
      const { serial, credentials, ...control } = {
        serial: `{ path: ${device} }`,
        credentials: "{ appKey: M100000089, password: 'Hh5-ownBench-77' }",
        on: `[sh, -c, 'echo on > ${moduleDir}/control']`,
        off: `[sh, -c, 'echo off > ${moduleDir}/control']`,
        reset: `[sh, -c, 'echo reset > ${moduleDir}/control']`,
        powerKey: `[sh, -c, 'echo power-key > ${moduleDir}/control']`,
        powered: `[grep, -q, '1', ${moduleDir}/powered]`,
        ...change,
      };
      const keys = {
        imei: "'863703030822519'",
        firmware: 'BC26NBR01A07',
        mayLoseCredentials: 'true',
        bootDeadlineMs: '6000',
        rebootIntervalMs: '0',
        ...module,
      };
      const listed = (lines: Record<string, string>): string[] =>
        Object.entries(lines).map(([key, value]) => `  ${key}: ${value}`);
      return folder.file(
        `${name}.yaml`,
        [
          `name: ${name}`,
          `serial: ${serial}`,
          'control:',
          '  driver: command',
          ...listed(control),
          'module:',
          ...listed(keys),
          `credentials: ${credentials}`,
        ].join('\n'),
      );
    },
    on: () => powered('1'),
    off: () => powered('0'),
    env: () => ({ BC26_HIL_STATE: out('state') }),
    async end({ keep = false } = {}) {
      const ended = once(module, 'exit');
      if (module.exitCode === null && module.kill('SIGTERM')) await ended;
      if (!keep) folder.end();
    },
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { until } from '../../../harness/base/until.fixture.ts';
import { parseRigFile } from '../../../rigs/file/load-rig-file.ts';
import type { RigFile } from '../../../rigs/file/rig-file.ts';
import { complaints } from '../doctor/checks/machine.fixture.ts';
import { createSystem } from '../doctor/checks/system.ts';
import { doctor } from '../doctor/doctor.ts';
import type { Finding } from '../doctor/findings/finding.ts';
import type { Figures } from '../doctor/probes/probe-context.ts';
import type { Extent } from '../doctor/probes/run-probes.ts';
import { root, traceIn, untilPrinted, workFolder } from './qualify.fixture.ts';

/** What one run of the doctor found. */
export interface Examined {
  readonly exitCode: number;
  readonly findings: readonly Finding[];
  readonly figures: Figures;
  readonly said: string;
  readonly trace: readonly Record<string, unknown>[];
}

/** A module with its serial device, driven by programs, for as long as a test file runs. */
export interface DoctorBoard {
  readonly folder: ReturnType<typeof workFolder>;
  /** Where the module keeps its control file. */
  readonly dir: string;
  readonly device: string;
  /** The text of a rig file; `change` replaces what drives the board, or the module it expects. */
  rigText(change?: Record<string, string>): string;
  rig(change?: Record<string, string>): RigFile;
  /** Runs the doctor in this process. */
  examine(rig: RigFile, extent?: Partial<Extent>): Promise<Examined>;
  /** `0` or `1`: VDD_EXT. */
  powered(): string;
  /** Switches the module off and waits until it is off. */
  switchOff(): Promise<void>;
  end(): Promise<void>;
}

/** The `module` section of a rig file, for a module that boots in a tenth of a second. */
export const expecting = (imei: string, bootDeadlineMs = 6_000): string =>
  `{ imei: '${imei}', firmware: BC26NBR01A07, bootDeadlineMs: ${bootDeadlineMs}, rebootIntervalMs: 0 }`;

/** The ids of the broken findings. */
export const broken = ({ findings }: Examined): string[] =>
  complaints(findings).flatMap(({ id, severity }) => (severity === 'broken' ? [id] : []));

/** Shell: waits until VDD_EXT is down (0) or up (1), since a control has acted when its program ends. */
export const untilSeen = (dir: string, level: 0 | 1): string =>
  `until grep -q ${level} ${dir}/powered; do sleep 0.01; done`;

export async function startDoctorBoard(): Promise<DoctorBoard> {
  const folder = workFolder();
  const dir = path.join(folder.dir, 'module');
  const stateBefore = process.env['BC26_HIL_STATE'];
  process.env['BC26_HIL_STATE'] = path.join(folder.dir, 'state');
  mkdirSync(dir);
  const { NODE_OPTIONS: _, ...env } = process.env;
  const quick = ['--set', 'bootMs=100', '--set', 'latencyMs=1,3'];
  const program = path.join(root, 'rigs/emulator/main.mjs');
  const module: ChildProcess = spawn(process.execPath, [program, '--dir', dir, ...quick], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await untilPrinted(module.stdout, 'control');
  const device = readFileSync(path.join(dir, 'device'), 'latin1').trim();
  let runs = 0;

  const board: DoctorBoard = {
    folder,
    dir,
    device,
    rigText(change = {}) {
      const lines: Record<string, string> = {
        serial: `{ path: ${device} }`,
        on: `[sh, -c, 'echo on > ${dir}/control']`,
        off: `[sh, -c, 'echo off > ${dir}/control; ${untilSeen(dir, 0)}']`,
        reset: `[sh, -c, 'echo reset down > ${dir}/control; ${untilSeen(dir, 0)}; echo reset up > ${dir}/control']`,
        powered: `[grep, -q, '1', ${dir}/powered]`,
        module: expecting('863703030822519'),
        credentials: 'factory',
        ...change,
      };
      const { module: expected, serial, credentials, ...control } = lines;
      const driver = Object.entries(control).map(([key, value]) => `  ${key}: ${value}`);
      return [
        'name: bench',
        `serial: ${serial}`,
        'control:',
        '  driver: command',
        ...driver,
        `module: ${expected}`,
        ...(credentials ? [`credentials: ${credentials}`] : []),
      ].join('\n');
    },
    rig: (change) => parseRigFile(path.join(folder.dir, 'bench.yaml'), board.rigText(change), {}),
    async examine(rig, extent = {}) {
      const out = path.join(folder.dir, `doctor-${++runs}`);
      let said = '';
      const options = {
        rig,
        extent: { boots: 1, silenceS: 0.2, ...extent },
        out,
        reports: folder.dir,
        waitMs: 0,
      };
      const exitCode = await doctor(options, createSystem(), { write: (text) => (said += text) });
      const record = JSON.parse(readFileSync(path.join(out, 'doctor.json'), 'utf8')) as Examined;
      const { findings, figures } = record;
      const trace = existsSync(path.join(out, 'trace.jsonl')) ? traceIn(out) : [];
      return { exitCode, findings, figures, said, trace };
    },
    powered: () => readFileSync(path.join(dir, 'powered'), 'latin1').trim(),
    async switchOff() {
      writeFileSync(path.join(dir, 'control'), 'off\n');
      await until(
        () => board.powered(),
        (level) => level === '0',
      );
    },
    async end() {
      const ended = once(module, 'exit');
      if (module.exitCode === null && module.kill('SIGTERM')) await ended;
      if (stateBefore === undefined) delete process.env['BC26_HIL_STATE'];
      else process.env['BC26_HIL_STATE'] = stateBefore;
      folder.end();
    },
  };
  return board;
}

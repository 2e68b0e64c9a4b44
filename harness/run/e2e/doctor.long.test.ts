import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { jest } from '@jest/globals';

import { until } from '../../../rigs/control/gpio/fake-lane/until.fixture.ts';
import { parseRigFile } from '../../../rigs/file/load-rig-file.ts';
import type { RigFile } from '../../../rigs/file/rig-file.ts';
import { acquireLock } from '../../../rigs/lock/lock.ts';
import { complaints } from '../doctor/checks/machine.fixture.ts';
import { createSystem } from '../doctor/checks/system.ts';
import { doctor } from '../doctor/doctor.ts';
import type { Finding } from '../doctor/findings/finding.ts';
import type { Extent } from '../doctor/probes/run-probes.ts';
import type { Figures } from '../doctor/probes/probe-context.ts';
import { root, said, start, traceIn, workFolder } from './qualify.fixture.ts';

jest.setTimeout(180_000);

/** A bench as somebody else may have it: a module with its serial device, driven by programs. */
const folder = workFolder();
const dir = path.join(folder.dir, 'module');
const stateBefore = process.env['BC26_HIL_STATE'];
let module: ChildProcess;
let device = '';
let runs = 0;

beforeAll(async () => {
  process.env['BC26_HIL_STATE'] = path.join(folder.dir, 'state');
  mkdirSync(dir);
  const { NODE_OPTIONS: _, ...env } = process.env;
  const quick = ['--set', 'bootMs=100', '--set', 'latencyMs=1,3'];
  module = spawn(process.execPath, [path.join(root, 'rigs/emulator/main.mjs'), '--dir', dir, ...quick], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await said(module.stdout, 'control');
  device = readFileSync(path.join(dir, 'device'), 'latin1').trim();
});

afterEach(async () => {
  tell('off');
  await until(powered, (level) => level === '0');
});

afterAll(async () => {
  const ended = once(module, 'exit');
  if (module.exitCode === null && module.kill('SIGTERM')) await ended;
  if (stateBefore === undefined) delete process.env['BC26_HIL_STATE'];
  else process.env['BC26_HIL_STATE'] = stateBefore;
  folder.end();
});

const tell = (line: string): void => writeFileSync(path.join(dir, 'control'), `${line}\n`);
const powered = (): string => readFileSync(path.join(dir, 'powered'), 'latin1').trim();

/** Shell: waits until VDD_EXT is seen down (0) or up (1); a control has acted when its program ends. */
const untilSeen = (level: 0 | 1): string => `until grep -q ${level} ${dir}/powered; do sleep 0.01; done`;

/** The module of a rig file, which boots in a tenth of a second. */
const expecting = (imei: string, bootDeadlineMs = 6_000): string =>
  `{ imei: '${imei}', firmware: BC26NBR01A07, bootDeadlineMs: ${bootDeadlineMs} }`;

/** The text of a rig file for the bench; `change` replaces what drives it, or the module it expects. */
function written(change: Record<string, string> = {}): string {
  const {
    module: expected,
    serial,
    ...control
  }: Record<string, string> = {
    serial: `{ path: ${device} }`,
    on: `[sh, -c, 'echo on > ${dir}/control']`,
    off: `[sh, -c, 'echo off > ${dir}/control; ${untilSeen(0)}']`,
    reset: `[sh, -c, 'echo reset down > ${dir}/control; ${untilSeen(0)}; echo reset up > ${dir}/control']`,
    powered: `[grep, -q, '1', ${dir}/powered]`,
    module: expecting('863703030822519'),
    ...change,
  };
  const driver = Object.entries(control).map(([key, value]) => `  ${key}: ${value}`);
  return [
    'name: bench',
    `serial: ${serial}`,
    'control:',
    '  driver: command',
    ...driver,
    `module: ${expected}`,
  ].join('\n');
}

const bench = (change?: Record<string, string>): RigFile =>
  parseRigFile(path.join(folder.dir, 'bench.yaml'), written(change), {});

interface Examined {
  readonly exitCode: number;
  readonly findings: readonly Finding[];
  readonly figures: Figures;
  readonly said: string;
  readonly trace: readonly Record<string, unknown>[];
}

async function examined(rig: RigFile, extent: Partial<Extent> = {}): Promise<Examined> {
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
  const { findings, figures } = JSON.parse(readFileSync(path.join(out, 'doctor.json'), 'utf8')) as Examined;
  return {
    exitCode,
    findings,
    figures,
    said,
    trace: existsSync(path.join(out, 'trace.jsonl')) ? traceIn(out) : [],
  };
}

const sent = ({ trace }: Examined): unknown[] =>
  trace.filter(({ source }) => source === 'uart.tx').map(({ data }) => data);

const broken = ({ findings }: Examined): string[] =>
  complaints(findings).flatMap(({ id, severity }) => (severity === 'broken' ? [id] : []));

describe('the doctor', () => {
  test('proves a sound bench: switches, reset, boot time, round trip, silence; saves nothing; leaves it at rest', async () => {
    const result = await examined(bench(), { boots: 2 });
    expect(result).toMatchObject({ exitCode: 0 });
    expect(broken(result)).toEqual([]);
    const { figures } = result;
    expect(figures).toMatchObject({
      bootTexts: 1,
      silence: { seconds: 0.2, bytes: 0 },
      module: { imei: '863703030822519' },
    });
    expect(figures.powerOnMs).toHaveLength(3);
    expect(figures.resetMs).toHaveLength(1);
    expect(Math.min(...figures.powerOnMs, ...figures.resetMs)).toBeGreaterThanOrEqual(100);
    expect(figures.roundTripMs).toHaveLength(50);
    expect(result.said).toContain('bench: fit for use');
    expect(powered()).toBe('0');
    const commands = [...new Set(sent(result))].map(String);
    expect(commands.length).toBeGreaterThan(5);
    expect(commands.filter((command) => /&W|QDMPCFG|QPOWD|IPR|QCGDEF|CFUN/.test(command))).toEqual([]);
  });

  test('sees that power-off does not silence the module, and presses no key on it', async () => {
    const result = await examined(bench({ off: "['true']" }));
    expect(result.exitCode).toBe(3);
    expect(broken(result)).toEqual(['power-off']);
    expect(result.findings.find(({ id }) => id === 'power-off')?.what).toContain('still answers AT');
    expect(result.findings.find(({ id }) => id === 'reset')).toMatchObject({ severity: 'ok' });
    const switchedOn = result.trace.filter(
      ({ source, action, done }) => source === 'control' && action === 'on' && done === undefined,
    );
    expect(switchedOn.length).toBeLessThanOrEqual(2);
  });

  test('sees that the reset line is not wired', async () => {
    const result = await examined(bench({ reset: "['true']" }));
    expect(result.exitCode).toBe(3);
    expect(broken(result)).toEqual(['reset']);
    expect(result.figures.resetMs).toEqual([]);
  });

  test('sees a sense line that says on while the module is off', async () => {
    const result = await examined(bench({ powered: "['true']" }));
    expect(broken(result)).toEqual(['power-off']);
    expect(complaints(result.findings)[0]?.what).toContain('control.powered says on');
  });

  test('sees a sense line that says off while the module answers', async () => {
    expect(broken(await examined(bench({ powered: "['false']" })))).toEqual(['sense']);
  });

  test('sees another module than the rig file names, and works it no further', async () => {
    const result = await examined(bench({ module: expecting('490154203237511') }));
    expect(result.exitCode).toBe(3);
    expect(broken(result)).toEqual(['identity']);
    expect(result.said).toContain('863703030822519');
    expect(result.findings.map(({ id }) => id)).not.toContain('reset');
    expect(powered()).toBe('0');
  });

  test('sees a module that does not boot, and does not wait for ever', async () => {
    const result = await examined(bench({ on: "['true']", module: expecting('863703030822519', 2_000) }));
    expect(result.exitCode).toBe(3);
    expect(broken(result)).toEqual(['answers']);
    expect(result.findings.find(({ id }) => id === 'answers')?.what).toContain('BOOT_TIMEOUT');
  });

  test('sees a switch that cannot be worked', async () => {
    const result = await examined(bench({ off: "['false']" }));
    expect(result.exitCode).toBe(3);
    expect(broken(result)[0]).toBe('open');
    expect(complaints(result.findings)[0]?.what).toContain('CONTROL_FAILED');
  });

  describe('on a bench whose adapter goes with the supply', () => {
    const adapter = path.join(folder.dir, 'adapter');
    const plugged = (): Record<string, string> => ({
      serial: `{ path: ${adapter}, reopen: true }`,
      on: `[sh, -c, 'ln -sf ${device} ${adapter}; echo on > ${dir}/control']`,
      off: `[sh, -c, 'rm -f ${adapter}; echo off > ${dir}/control; ${untilSeen(0)}']`,
    });

    test('needs no device before power-on', async () => {
      const result = await examined(bench(plugged()));
      expect(broken(result)).toEqual([]);
      expect(result.findings.find(({ id }) => id === 'port')).toMatchObject({ severity: 'note' });
      expect(result.figures.powerOnMs).toHaveLength(2);
    });

    test('sees that the adapter stays', async () => {
      const result = await examined(bench({ ...plugged(), off: "['true']" }));
      expect(broken(result)).toEqual(['power-off']);
      expect(complaints(result.findings)[0]?.what).toContain('the adapter is still there');
    });
  });

  test('hears noise on the line', async () => {
    const rig = parseRigFile(
      path.join(folder.dir, 'noisy.yaml'),
      `name: noisy
control: { driver: emulator, settings: { noiseHz: 4, bootMs: 100, latencyMs: 1 } }
module: { imei: '863703030822519', firmware: BC26NBR01A07 }`,
      {},
    );
    const result = await examined(rig, { silenceS: 1 });
    expect(result.exitCode).toBe(3);
    expect(broken(result)).toContain('noise');
    expect(result.figures.silence?.bytes).toBeGreaterThan(0);
  });

  test('names a program that has the port open, and does not touch the board', async () => {
    const holder = spawn('sh', ['-c', 'exec 3<>"$0"; echo open; read -r _', device], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    try {
      await said(holder.stdout, 'open');
      const result = await examined(bench());
      expect(result.exitCode).toBe(3);
      expect(broken(result)).toEqual(['port-users']);
      expect(result.said).toContain(`process ${holder.pid} (sh)`);
      expect(result.trace).toEqual([]);
    } finally {
      const ended = once(holder, 'exit');
      holder.stdin.end();
      await ended;
    }
  });

  test('names who holds the board', async () => {
    const lock = await acquireLock(bench());
    try {
      const result = await examined(bench());
      expect(result.exitCode).toBe(3);
      expect(broken(result)).toEqual(['lock']);
      expect(result.said).toContain(`process ${process.pid}`);
    } finally {
      lock.release();
    }
  });

  test('ends at a signal with the board at rest', async () => {
    const rig = folder.file('stopped.yaml', written());
    const out = path.join(folder.dir, 'stopped');
    const child = start(['doctor', '--rig', rig, '--boots', '1', '--silence', '60', '--out', out]);
    await said(child.stdout, 'round-trip');
    expect(powered()).toBe('1');
    child.kill('SIGTERM');
    const { exitCode, stdout } = await child;
    expect(exitCode).toBe(143);
    expect(stdout).toContain('stopped by SIGTERM');
    expect(powered()).toBe('0');
    expect(JSON.parse(readFileSync(path.join(out, 'doctor.json'), 'utf8'))).toMatchObject({ exitCode: 143 });
  });
});

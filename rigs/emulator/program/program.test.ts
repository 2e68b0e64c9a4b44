import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

import type { EmulatorMessage } from '../base/protocol.ts';
import { LIMIT_MS, openHost } from './terminal-host.fixture.ts';

const MAIN = path.resolve(import.meta.dirname, '../main.mjs');
/** Shorter than the boot text takes, so the module has booted once all of it was received. */
const BOOT_MS = 10;
/** One byte at 9600 baud: start bit, eight data bits, stop bit. */
const BYTE_MS = 10_000 / 9600;

describe('the program', () => {
  const dir = path.join(os.tmpdir(), `emulator-test-${process.pid}`);
  let child: ChildProcess;
  let messages: EmulatorMessage[];

  /** Starts the program and waits until it is ready; returns the PTY's path. */
  async function start(...args: string[]): Promise<string> {
    messages = [];
    child = fork(MAIN, ['--dir', dir, '--set', `bootMs=${BOOT_MS}`, ...args], {
      execArgv: [],
      stdio: 'pipe',
    });
    child.on('message', (message) => messages.push(message as EmulatorMessage));
    const ready = await message('ready');
    return ready.device;
  }

  /** Takes the first message of a type, or waits for one. */
  async function message<Type extends EmulatorMessage['type']>(
    type: Type,
  ): Promise<Extract<EmulatorMessage, { type: Type }>> {
    const signal = AbortSignal.timeout(LIMIT_MS);
    for (;;) {
      const found = messages.find((each) => each.type === type);
      if (found) {
        messages.splice(messages.indexOf(found), 1);
        return found as Extract<EmulatorMessage, { type: Type }>;
      }
      await once(child, 'message', { signal });
    }
  }

  async function control(line: string): Promise<Extract<EmulatorMessage, { type: 'control' }>> {
    execFileSync('sh', ['-c', `echo "$1" > "$2"`, 'sh', line, path.join(dir, 'control')], {
      timeout: LIMIT_MS,
    });
    return message('control');
  }

  const powered = (): string => fs.readFileSync(path.join(dir, 'powered'), 'utf8');

  async function ended(): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) {
      await once(child, 'exit', { signal: AbortSignal.timeout(LIMIT_MS) });
    }
    return child.exitCode;
  }

  afterEach(async () => {
    child.kill('SIGKILL');
    await ended();
    fs.rmSync(dir, { recursive: true, force: true });
  });

  test('boots, answers and reports its times, to one host after another', async () => {
    const device = await start();
    expect(fs.readFileSync(path.join(dir, 'device'), 'utf8')).toBe(`${device}\n`);
    expect(powered()).toBe('0\n');
    const first = openHost(device);
    expect(await control('on')).toMatchObject({ line: 'on' });
    expect(powered()).toBe('1\n');
    await first.hear(
      /^.\n\rF1: 0000 0000\n\r[^]*BROM\n\r\n\r\r\nRDY\r\n\r\n\+CFUN: 1\r\n\r\n\+CPIN: READY\r\n$/,
    );
    first.close();
    const second = openHost(device);
    second.write('ATE0\r\n');
    await second.hear(/^ATE0\r\r\nOK\r\n$/);
    expect(await message('answer')).toMatchObject({ command: 'ATE0' });
    second.write('AT+CMEE?\r');
    await second.hear(/^\r\n\+CMEE: 0\r\n\r\nOK\r\n$/);
    const answer = await message('answer');
    expect(answer.command).toBe('AT+CMEE?');
    const [received, planned, plannedLast, firstAt, lastAt] = [
      answer.receivedAt,
      answer.plannedAt,
      answer.plannedLastAt,
      answer.firstAt,
      answer.lastAt,
    ].map(BigInt) as [bigint, bigint, bigint, bigint, bigint];
    expect(planned - received).toBeGreaterThanOrEqual(5_000_000n);
    expect(firstAt).toBeGreaterThanOrEqual(planned);
    expect(lastAt).toBeGreaterThanOrEqual(plannedLast);
    expect(process.hrtime.bigint() - lastAt).toBeGreaterThan(0n);
    second.close();
  });

  test('keeps the NVRAM of --nvram, and no other', async () => {
    const nvram = path.join(dir, 'nvram.json');
    const saved = async (before: string, ...args: string[]): Promise<string> => {
      const host = openHost(await start(...args));
      await control('on');
      await host.hear(/READY\r\n$/);
      host.write(`ATE0;${before}+QDMPCFG=4,1;+QRST=1\r`);
      const text = await host.hear(/BROM/);
      host.close();
      child.kill('SIGTERM');
      await ended();
      return text;
    };
    expect(await saved('+QDMPCFG=1,192.0.2.1,5683,300;')).toContain('+QDMPCFG: 1,192.0.2.1,5683,300\r\n');
    expect(await saved('', '--nvram', nvram)).toContain('+QDMPCFG: 1,192.0.2.1,5683,300\r\n');
    expect(await saved('')).toContain('+QDMPCFG: 1,117.161.2.41,5683,86400\r\n');
  });

  test('refuses a control line it does not know, and goes on', async () => {
    await start();
    expect((await control('dance')).error).toMatch(/^no control line begins with "dance"/);
    expect((await control('on')).error).toBeUndefined();
    expect((await control('off')).error).toBeUndefined();
    expect(powered()).toBe('0\n');
  });

  test('paces its line in both directions', async () => {
    const device = await start('--baud', '9600', '--set', 'latencyMs=5');
    const host = openHost(device);
    await control('on');
    await host.hear(/READY\r\n$/);
    const begin = process.hrtime.bigint();
    host.write('ATE0;I\r');
    const text = await host.hear(/OK\r\n$/);
    const tookMs = Number(process.hrtime.bigint() - begin) / 1e6;
    // The echo is sent while the command is received: seven bytes for both. Then the latency, then the rest.
    const command = 'ATE0;I\r'.length;
    const latencyMs = 5;
    expect(tookMs).toBeGreaterThanOrEqual(text.length * BYTE_MS + latencyMs);
    // The plan is no slower than the line; delays of this machine are not in it.
    const { receivedAt, readAt, plannedLastAt } = await message('answer');
    const msFrom = (from: string, to: string): number => Number(BigInt(to) - BigInt(from)) / 1e6;
    expect(msFrom(readAt, receivedAt)).toBeLessThanOrEqual(command * BYTE_MS);
    expect(msFrom(receivedAt, plannedLastAt)).toBeCloseTo((text.length - command) * BYTE_MS + latencyMs, 2);
    host.close();
  });

  test("leaves a terminal's Ctrl-C to its parent, which hears it, too", async () => {
    await start();
    child.kill('SIGINT');
    fs.writeFileSync(path.join(dir, 'control'), 'on\n');
    await message('boot');
  });

  test.each(['SIGTERM', 'SIGHUP'] as const)('ends on %s and leaves no file', async (signal) => {
    await start();
    child.kill(signal);
    expect(await ended()).toBe(0);
    expect(fs.readdirSync(dir)).toEqual([]);
  });

  test('ends when its parent has gone', async () => {
    await start();
    child.disconnect();
    expect(await ended()).toBe(0);
    expect(fs.existsSync(path.join(dir, 'control'))).toBe(false);
  });

  test('ends on quit', async () => {
    await start();
    fs.writeFileSync(path.join(dir, 'control'), 'quit\n');
    expect(await ended()).toBe(0);
  });

  test('starts where a killed one has left its files', async () => {
    await start();
    child.kill('SIGKILL');
    await ended();
    await expect(start()).resolves.toMatch(/^\/dev\//);
  });

  test('says in one line what is wrong with its arguments, and exits with 2', async () => {
    child = fork(MAIN, ['--dir', dir, '--fault', 'wedge'], { execArgv: [], stdio: 'pipe' });
    let errors = '';
    child.stderr?.on('data', (bytes: Buffer) => (errors += bytes.toString()));
    expect(await ended()).toBe(2);
    expect(errors).toMatch(
      /^emulator: no fault is called "wedge" \(did you mean wedges\?\); bc26-hil[^\n]*\n$/,
    );
  });

  /** The output without an IPC channel. */
  const printed = (...args: string[]): string =>
    execFileSync(process.execPath, [MAIN, ...args], { timeout: LIMIT_MS, encoding: 'utf8' });

  test('lists its faults and its settings, one a line', () => {
    expect(printed('--faults').split('\n')).toContain(
      'query-server-wrong              =4,1 answers the saved port plus 1',
    );
    expect(printed('--settings')).toMatch(/^bootMs +1500 +10 to 120000 {2,}\S.*$/m);
  });

  test('tells a person how to drive it', async () => {
    const person = spawn(process.execPath, [MAIN, '--dir', dir], {
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: LIMIT_MS,
    });
    const exit = once(person, 'exit');
    const lines = createInterface({ input: person.stdout })[Symbol.asyncIterator]();
    const line = async (): Promise<string> => String((await lines.next()).value);
    try {
      expect(await line()).toMatch(/^device: \/dev\/pts\//);
      expect(await line()).toBe(`control: ${dir}/control`);
      expect(await line()).toBe(`ready: the module is off; to boot it: echo on > ${dir}/control`);
      fs.appendFileSync(path.join(dir, 'control'), 'on\n');
      expect(await line()).toBe('powered: yes');
    } finally {
      person.kill('SIGTERM');
      await exit;
    }
  });
});

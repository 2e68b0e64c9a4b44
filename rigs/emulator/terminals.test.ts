import { type ChildProcess, execFile, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import type { EmulatorMessage } from './base/protocol.ts';
import { openHost } from './program/terminal-host.fixture.ts';

/** Programs for talking to a modem; each opens the device itself. */
const run = promisify(execFile);
const TOOL_MS = 30_000;

const installed = (program: string): boolean =>
  [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin'].some((folder) =>
    fs.existsSync(path.join(folder, program)),
  );

/** Without the program the test is skipped with the reason; in CI it fails. */
const testWith = (program: string, name: string, body: () => Promise<void>): void => {
  if (installed(program) || process.env['CI'] === 'true') test(`${program} ${name}`, body, 2 * TOOL_MS);
  else test.skip(`${program} ${name} (skipped: ${program} is not installed)`, body);
};

describe('a terminal program can talk to it', () => {
  let dir: string;
  let child: ChildProcess;
  let device: string;

  const heard = async (wanted: (message: EmulatorMessage) => boolean): Promise<void> => {
    for (;;) {
      const [message] = (await once(child, 'message')) as [EmulatorMessage];
      if (wanted(message)) return;
    }
  };

  beforeEach(async () => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'emulator-terminal-'));
    const settings = ['--set', 'bootMs=20', '--seed', '5'];
    child = fork(path.resolve(import.meta.dirname, 'main.mjs'), ['--dir', dir, ...settings], {
      execArgv: [],
    });
    await heard(({ type }) => type === 'ready');
    device = fs.readFileSync(path.join(dir, 'device'), 'latin1').trim();
    const host = openHost(device);
    fs.appendFileSync(path.join(dir, 'control'), 'on\n');
    await host.hear(/\+CPIN: READY\r\n/);
    host.close();
  });

  afterEach(async () => {
    const ended = once(child, 'exit');
    child.disconnect();
    await ended;
    fs.rmSync(dir, { recursive: true, force: true });
  });

  /** Starts a program with `input` on its standard input, and ends it once its output matches. */
  const prints = async (program: string, args: string[], wanted: RegExp, input = ''): Promise<void> => {
    // In a process group of its own, because picocom passes SIGTERM on to its group.
    const person = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'inherit'],
      timeout: TOOL_MS,
      detached: true,
    });
    const ended = once(person, 'close');
    let printed = '';
    person.stdin.write(input);
    person.stdout.setEncoding('latin1').on('data', (text: string) => {
      printed += text;
      if (wanted.test(printed)) person.kill();
    });
    await ended;
    expect(printed).toMatch(wanted);
  };

  testWith('socat', 'asks and is answered', () =>
    prints(
      'socat',
      ['-', `${device},rawer`],
      /\r\n\+QDMPCFG: 1,117\.161\.2\.41,5683,86400\r\n\r\nOK\r\n/,
      'ATE0\rAT+QDMPCFG=4,1\r',
    ),
  );

  testWith('picocom', 'asks and is answered', () =>
    prints('picocom', ['-q', '-b', '115200', '-t', 'AT+CGMM\r', device], /Quectel_BC26\s+OK/),
  );

  testWith('chat', 'completes a dialogue, one byte every 10 ms', async () => {
    // chat exits 0 only when every expected string came in time.
    const dialogue = `TIMEOUT 15 '' AT OK ATI BC26NBR01A07 '' OK 'AT+QDMPCFGEX=1,0,"00-01-6C-06-A6-29"' OK 'AT+QDMPCFGEX=1,1' 00-01-6C-06-A6-29`;
    const chat = `PATH=$PATH:/usr/sbin chat -s ${dialogue} < ${device} > ${device}`;
    await expect(run('sh', ['-c', chat], { timeout: TOOL_MS })).resolves.toBeDefined();
  });
});

import { execFile, fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { EmulatorMessage } from './protocol.ts';
import { openHost } from './test-host.ts';

/** The programs people talk to a modem with; each opens the device by itself. */
const run = promisify(execFile);
const TOOL_MS = 15_000;

const installed = (program: string): boolean =>
  [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin'].some((folder) =>
    fs.existsSync(path.join(folder, program)),
  );

/** Without the program the test is skipped and says why; a gate (CI) never passes on what it did not try. */
const testWith = (program: string, name: string, body: () => Promise<void>): void => {
  if (installed(program) || process.env['CI'] === 'true') test(`${program} ${name}`, body, 2 * TOOL_MS);
  else test.skip(`${program} ${name} (skipped: ${program} is not installed)`, body);
};

describe('a person can talk to it', () => {
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

  testWith('socat', 'asks and is answered', async () => {
    const asked = run('sh', ['-c', `(printf 'ATE0\\rAT+QDMPCFG=4,1\\r'; sleep 1) | socat - ${device},rawer`]);
    const { stdout } = await asked;
    expect(stdout).toContain('\r\n+QDMPCFG: 1,117.161.2.41,5683,86400\r\n\r\nOK\r\n');
  });

  testWith('picocom', 'asks and is answered', async () => {
    const { stdout } = await run('picocom', ['-q', '-b', '115200', '-t', 'AT+CGMM\r', '-x', '1500', device], {
      timeout: TOOL_MS,
    });
    expect(stdout).toMatch(/Quectel_BC26\s+OK/);
  });

  testWith('chat', 'completes a dialogue, one byte every 10 ms', async () => {
    // chat exits 0 only when every expected string came in time.
    const dialogue = `TIMEOUT 5 '' AT OK ATI BC26NBR01A07 '' OK 'AT+QDMPCFGEX=1,0,"00-01-6C-06-A6-29"' OK 'AT+QDMPCFGEX=1,1' 00-01-6C-06-A6-29`;
    const chat = `PATH=$PATH:/usr/sbin chat -s ${dialogue} < ${device} > ${device}`;
    await expect(run('sh', ['-c', chat], { timeout: TOOL_MS })).resolves.toBeDefined();
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';

import { jest } from '@jest/globals';
import { execa } from 'execa';

import { bin, root, untilPrinted, workFolder } from '../e2e/qualify.fixture.ts';
import { openTerminal, type Terminal } from '../e2e/terminal.fixture.ts';

jest.setTimeout(180_000);

const folder = workFolder();
afterAll(() => folder.end());

const rig = folder.file(
  'quick.yaml',
  `name: quick
control: { driver: emulator, settings: { bootMs: 200, latencyMs: 5 } }
module: { imei: '863703030822519', firmware: BC26NBR01A07 }`,
);

/** Programs that a test which failed would leave behind. */
const started: ReturnType<typeof begin>[] = [];
afterEach(() => started.forEach((child) => child.kill('SIGKILL')));

function begin(program: string, args: readonly string[]) {
  return execa(program, args, { cwd: root, env: { BC26_HIL_STATE: folder.dir }, reject: false });
}

function start(program: string, args: readonly string[]): ReturnType<typeof begin> {
  const child = begin(program, args);
  started.push(child);
  return child;
}

/** Sends AT until it is answered: what is typed while the module boots is lost. */
async function answers(child: ReturnType<typeof begin>, end: string): Promise<void> {
  const ok = untilPrinted(child.stdout, '< OK');
  const timer = setInterval(() => child.stdin.write(`AT${end}`), 200);
  await ok.finally(() => clearInterval(timer));
}

test('lines of a pipe are sent, and what comes is shown byte for byte with its time', async () => {
  const child = start(process.execPath, [bin, 'console', '--rig', rig]);
  await answers(child, '\n');
  child.stdin.write('AT+CGSN=1\n');
  await untilPrinted(child.stdout, '+CGSN: 863703030822519');
  child.stdin.write('\x12');
  await untilPrinted(child.stdout, '+CPIN: READY');
  await answers(child, '\n');
  child.stdin.end('ATI\n');
  const { exitCode, stdout } = await child;
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^ *\d+\.\d{3} < \\rLeaving the BROM\\n$/m);
  expect(stdout).toMatch(/^ *\d+\.\d{3} > AT\+CGSN=1\\r$/m);
  expect(stdout).toMatch(/^ *\d+\.\d{3} < \+CGSN: 863703030822519\\r\\n$/m);
  expect(stdout).toMatch(/^ *\d+\.\d{3} \* reset$/m);
  // The answer to the last line is waited for.
  expect(stdout).toMatch(/> ATI\\r[^]*< Revision: BC26NBR01A07\\r\\n[^]*< OK\\r\\n$/);
});

test('lines that come all at once wait for the boot and for each other, and the end for the last answer', async () => {
  const child = start(process.execPath, [bin, 'console', '--rig', rig]);
  child.stdin.end('ATE0\nAT+CGSN=1\nAT+CMEE?\n');
  const { exitCode, stdout } = await child;
  expect(exitCode).toBe(0);
  const lines = stdout.split('\n').map((line) => line.replace(/^ *[\d.]+ /, ''));
  const asked = lines.slice(lines.indexOf('> ATE0\\r'));
  expect(lines.slice(0, lines.indexOf('> ATE0\\r'))).toContain('> AT+CMEE=1\\r');
  expect(asked.filter((line) => line !== '< \\r\\n')).toEqual([
    '> ATE0\\r',
    '< ATE0\\r\\r\\n',
    '< OK\\r\\n',
    '> AT+CGSN=1\\r',
    '< +CGSN: 863703030822519\\r\\n',
    '< OK\\r\\n',
    '> AT+CMEE?\\r',
    '< +CMEE: 1\\r\\n',
    '< OK\\r\\n',
  ]);
});

test('a terminal has history and keys', async () => {
  // script(1) gives the program a pseudo-terminal, and passes on what it is fed and what it prints.
  const command = `'${process.execPath}' '${bin}' console --rig '${rig}'`;
  const child = start('script', ['-qec', command, '/dev/null']);
  await untilPrinted(child.stdout, '> AT+CMEE=1');
  await answers(child, '\r');
  child.stdin.write('AT+CMEE?\r');
  await untilPrinted(child.stdout, '+CMEE: 1');
  // Up brings the line back.
  child.stdin.write('\x1b[A\r');
  await untilPrinted(child.stdout, '+CMEE: 1');
  child.stdin.write('\x0f');
  await untilPrinted(child.stdout, '* power off');
  child.stdin.write('\x10');
  await untilPrinted(child.stdout, '+CPIN: READY');
  child.stdin.write('\x18');
  const { exitCode, stdout } = await child;
  expect(exitCode).toBe(0);
  expect(stdout.match(/> AT\+CMEE\?\\r/g)).toHaveLength(2);
  expect(readFileSync(path.join(folder.dir, 'console-history'), 'utf8')).toMatch(/^AT\+CMEE\?\n/);
});

describe('a console in a terminal', () => {
  const opened: Terminal[] = [];
  afterEach(() => opened.splice(0).forEach((terminal) => terminal.kill('SIGKILL')));

  const has =
    (text: string) =>
    (rows: readonly string[]): boolean =>
      rows.some((row) => row.includes(text));

  /** A console whose module is ready. */
  async function ready(): Promise<Terminal> {
    const terminal = openTerminal([bin, 'console', '--rig', rig], 100, { BC26_HIL_STATE: folder.dir });
    opened.push(terminal);
    const seen = await terminal.until((rows) => has('> AT+CMEE=1')(rows) && has('< OK')(rows));
    // What the program sends by itself takes the place of nothing.
    expect(seen.filter((row) => row.includes('< +CPIN: READY'))).toHaveLength(1);
    return terminal;
  }

  test('says how to leave it, and Ctrl-C does, with the board at rest', async () => {
    const terminal = await ready();
    expect(terminal.rows().join(' ').replaceAll(/ +/g, ' ')).toMatch(/leave with Ctrl-C, ?Ctrl-D or ?Ctrl-X/);
    terminal.type('\x03');
    expect(await terminal.ended).toBe(0);
  });

  test('shows errors by their numbers, after a reset, too', async () => {
    const terminal = await ready();
    terminal.type('AT+QDMPCFG=9\r');
    await terminal.until(has('+CME ERROR: '));
    terminal.type('\x12');
    await terminal.until((rows) => rows.filter((row) => row.includes('> AT+CMEE=1')).length > 1);
    await terminal.until((rows) =>
      /< OK/.test(rows.slice(rows.findLastIndex((row) => row.includes('> AT+CMEE=1'))).join()),
    );
    terminal.type('AT+QDMPCFG=8\r');
    await terminal.until((rows) => {
      const asked = rows.findLastIndex((row) => row.includes('> AT+QDMPCFG=8'));
      return asked >= 0 && rows.slice(asked).some((row) => row.includes('+CME ERROR: '));
    });
    expect(terminal.rows().filter((row) => / < ERROR/.test(row))).toEqual([]);
  });

  test('masks a private key that was typed, and keeps it out of the history', async () => {
    const terminal = await ready();
    terminal.type('ATI\r');
    await terminal.until(has('Revision: BC26NBR01A07'));
    terminal.type('AT+QDMPCFG=2,"M100000089","SecretOfMyModule",0,863703030822519\r');
    await terminal.until(has('> AT+QDMPCFG=2,"M100000089","Secr****"'));
    terminal.type('\x1b[A');
    await terminal.until((rows) => rows.at(-1) === '> ATI');
    expect(terminal.rows().join('\n')).not.toContain('SecretOf');
    terminal.type('\x03');
    expect(await terminal.ended).toBe(0);
    expect(readFileSync(path.join(folder.dir, 'console-history'), 'utf8')).not.toContain('Secret');
  });
});

test('ends at a signal', async () => {
  const child = start(process.execPath, [bin, 'console', '--rig', rig]);
  await untilPrinted(child.stdout, '+CPIN: READY');
  child.kill('SIGTERM');
  expect((await child).exitCode).toBe(143);
});

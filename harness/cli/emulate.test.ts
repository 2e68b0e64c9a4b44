import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const bin = path.resolve(import.meta.dirname, 'bin.mjs');

describe('bc26-hil emulate', () => {
  let dir: string;
  let control: string;
  beforeEach(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'emulate-'));
    control = path.join(dir, 'control');
  });
  afterEach(() => {
    leaveNoEmulator(control);
    fs.rmSync(dir, { recursive: true, force: true });
  });

  /** Starts a program that starts the emulated module; settles once the module is ready. */
  async function start(program: string, ...args: string[]): Promise<Started> {
    const child = spawn(program, [...args, bin, 'emulate', '--dir', dir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    // Every process below holds the pipe: it closes when the last of them has ended.
    const allEnded = once(child.stdout, 'close');
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const line = async (): Promise<string | undefined> => (await lines.next()).value as string | undefined;
    for (let said = await line(); !said?.startsWith('ready'); said = await line())
      if (said === undefined) throw new Error('it ended before it was ready');
    return { child, line, allEnded };
  }

  test('says what happens, and ends when told to', async () => {
    const { child, line, allEnded } = await start(process.execPath);
    fs.appendFileSync(control, 'on\n');
    expect(await line()).toBe('powered: yes');
    expect(await line()).toBe('boot: power-key');
    expect(await line()).toBe('on: done');
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
    await allEnded;
    expect(fs.readdirSync(dir)).toEqual([]);
  }, 60_000);

  test('the emulated module ends when the command is killed', async () => {
    const { child, allEnded } = await start(process.execPath);
    child.kill('SIGKILL');
    await allEnded;
    expect(fs.existsSync(control)).toBe(false);
  }, 60_000);

  test('in the background it outlives the shell that started it, until it is ended', async () => {
    const { child, line, allEnded } = await start('sh', '-c', '"$@" & exec sleep 60', 'sh', process.execPath);
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    // A reboot takes longer than a look at the parent ever did.
    fs.appendFileSync(control, 'set bootMs 1000\non\n');
    const lines = [];
    for (let said = await line(); said !== 'on: done'; said = await line()) lines.push(said);
    expect(lines).toContain('boot: power-key');
    fs.appendFileSync(control, 'quit\n');
    await allEnded;
    expect(fs.existsSync(control)).toBe(false);
  }, 60_000);
});

interface Started {
  readonly child: ChildProcessByStdio<null, Readable, null>;
  /** The next line of its output; undefined after the last. */
  readonly line: () => Promise<string | undefined>;
  /** Settles when all processes that were started have ended. */
  readonly allEnded: Promise<unknown>;
}

/** A test that failed may have left its module behind. */
function leaveNoEmulator(control: string): void {
  if (!fs.existsSync(control)) return;
  try {
    const fifo = fs.openSync(control, fs.constants.O_WRONLY | fs.constants.O_NONBLOCK);
    fs.writeSync(fifo, 'quit\n');
    fs.closeSync(fifo);
  } catch {
    // ENXIO: no process reads it (fifo(7)).
  }
}

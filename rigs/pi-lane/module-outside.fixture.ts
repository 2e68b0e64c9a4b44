import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { execa } from 'execa';

const root = path.resolve(import.meta.dirname, '../..');

/** The emulated module, as a program of this machine: what lies beyond the Pi's header. */
export interface ModuleOutside {
  /** The path of its serial device. */
  readonly device: string;
  control(line: string): void;
  end(): Promise<void>;
}

/** Starts `bc26-hil emulate`, its network time 150 times as fast as real time, as the rig files here say. */
export async function startModule(folder: string): Promise<ModuleOutside> {
  const args = ['harness/cli/bin.mjs', 'emulate', '--dir', folder, '--clock', '150'];
  const program = execa(process.execPath, args, {
    cwd: root,
    reject: false,
    stdin: 'ignore',
    stderr: 'inherit',
  });
  const said = new Map<string, string>();
  for await (const line of createInterface({ input: program.stdout })) {
    const [word, rest] = line.split(': ', 2);
    said.set(word!, rest ?? '');
    if (word === 'ready') break;
  }
  if (!said.has('ready'))
    throw new Error(`the emulated module did not start: ${(await program).shortMessage}`);
  program.stdout.resume();
  const control = createWriteStream(said.get('control')!, { flags: 'a' });
  const end = async (): Promise<void> => {
    control.destroy();
    program.kill('SIGTERM');
    await program;
  };
  try {
    await once(control, 'open');
  } catch (error) {
    await end();
    throw error;
  }
  return { device: said.get('device')!, control: (line) => void control.write(`${line}\n`), end };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Chunk, Port } from './port.ts';

/** A serial device with an emulated module behind it, and the emulator's process. */
export interface EmulatedDevice {
  readonly path: string;
  readonly process: ChildProcess;
  /** Switches the module on; resolves when it has booted. */
  boot(): Promise<void>;
  end(): Promise<void>;
}

/** Starts the emulator with a short boot and quick answers. */
export async function startDevice(): Promise<EmulatedDevice> {
  const dir = await mkdtemp(path.join(tmpdir(), 'emulated-device-'));
  const main = path.resolve(import.meta.dirname, '../emulator/main.mjs');
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = spawn(
    process.execPath,
    [main, '--dir', dir, '--seed', '1', '--set', 'bootMs=50', '--set', 'latencyMs=1,2'],
    { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  );
  const nextMessage = async (type: string): Promise<Record<string, unknown>> => {
    for (;;) {
      const [message] = (await once(child, 'message')) as [Record<string, unknown>];
      if (message['type'] === type) return message;
    }
  };
  const ended = once(child, 'exit');
  const { device } = await nextMessage('ready');
  return {
    path: String(device),
    process: child,
    async boot() {
      const booted = nextMessage('boot');
      await writeFile(path.join(dir, 'control'), 'on\n');
      await booted;
    },
    async end() {
      child.kill('SIGKILL');
      await ended;
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Resolves with everything that arrived, once it contains `text`. */
export const arrival = (port: Port, text: string): Promise<{ received: string; chunks: Chunk[] }> =>
  new Promise((resolve) => {
    const chunks: Chunk[] = [];
    const end = port.onData((chunk) => {
      chunks.push(chunk);
      const received = Buffer.concat(chunks.map(({ bytes }) => bytes)).toString('latin1');
      if (!received.includes(text)) return;
      end();
      resolve({ received, chunks });
    });
  });

/** Sends AT until it is answered, as after every boot: the module drops input that comes too early. */
export async function sync(port: Port): Promise<void> {
  const answered = arrival(port, 'OK\r\n');
  const send = (): void => void port.write(Buffer.from('AT\r'));
  send();
  const timer = setInterval(send, 50);
  await answered.finally(() => clearInterval(timer));
}

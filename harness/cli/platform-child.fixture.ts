import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

import type { Peer } from '../platform/coap/peer.ts';

const bin = path.resolve(import.meta.dirname, 'bin.mjs');

/** The command `platform` as a child process. */
export interface PlatformChild {
  readonly child: ChildProcessWithoutNullStreams;
  readonly exit: Promise<[number | null]>;
  /** All output on standard error, once the process has ended. */
  errors(): Promise<string>;
  /** The next line of its output; undefined after the last. */
  line(): Promise<string | undefined>;
  /** The first line from here on that contains `text`; rejects if the output ends before. */
  lineWith(text: string): Promise<string>;
  /** Types a line, and resolves once the platform has printed `reply`. */
  type(line: string, reply: string): Promise<void>;
  /** Where it listens. Reads the first lines of the output. */
  address(): Promise<Peer>;
}

export function startPlatform(args: readonly string[], env: NodeJS.ProcessEnv = {}): PlatformChild {
  const child = spawn(process.execPath, [bin, 'platform', ...args], { env: { ...process.env, ...env } });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<string | undefined> => (await lines.next()).value as string | undefined;
  async function lineWith(text: string): Promise<string> {
    for (let seen = await line(); seen !== undefined; seen = await line())
      if (seen.includes(text)) return seen;
    throw new Error(`the platform ended before it printed '${text}'`);
  }
  return {
    child,
    exit: once(child, 'exit') as Promise<[number | null]>,
    errors: () => textOf(child.stderr),
    line,
    lineWith,
    async type(text, reply) {
      child.stdin.write(`${text}\n`);
      await lineWith(reply);
    },
    async address() {
      const text = await lineWith('listening at ');
      const [, address = '', port] = /listening at ([\d.]+):(\d+)/.exec(text) ?? [];
      return { address, port: Number(port) };
    },
  };
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let all = '';
  for await (const part of stream) all += String(part);
  return all;
}

import { once } from 'node:events';
import path from 'node:path';

import { execa } from 'execa';

import { root } from '../harness/run/e2e/qualify.fixture.ts';

/** Compiles a program of this folder into the benchmark's. @returns its path */
export async function compile(name: string, work: string): Promise<string> {
  const program = path.join(work, name);
  await execa('cc', ['-O2', '-Wall', '-o', program, path.join(root, '.bench', `${name}.c`)], {
    timeout: 120_000,
  });
  return program;
}

/** A module that answers at once (responder.c), until it is closed. */
export interface Responder {
  readonly device: string;
  close(): Promise<void>;
}

export async function startResponder(program: string): Promise<Responder> {
  const running = execa(program, { stdin: 'pipe', reject: false });
  const [first] = (await once(running.stdout, 'data', { signal: AbortSignal.timeout(30_000) })) as [Buffer];
  return {
    device: first.toString().trim(),
    async close() {
      running.stdin.end();
      await running;
    },
  };
}

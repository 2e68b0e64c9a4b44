import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';

import { execa } from 'execa';
import { SaxesParser } from 'saxes';

import type { RunRecord } from '../../../reports/record/record.ts';

export { isAlive } from '../../base/is-alive.fixture.ts';

export const root = path.resolve(import.meta.dirname, '../../..');
export const bin = path.join(root, 'harness/cli/bin.mjs');

export interface Ended {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

/** A folder for one test, removed by `end`. */
export function workFolder(): { dir: string; file(name: string, text: string): string; end(): void } {
  const dir = mkdtempSync(path.join(tmpdir(), 'bc26-hil-test-'));
  return {
    dir,
    file(name, text) {
      const file = path.join(dir, name);
      writeFileSync(file, text);
      return file;
    },
    end: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/**
 * A rig file of the emulated board as it is (`rigs/emulated.yaml`), but that boots in 0.3 s: what boots have to do with a
 * test is seen as well with short ones.
 */
export function quickRig(folder: ReturnType<typeof workFolder>): string {
  const emulated = readFileSync(path.join(root, 'rigs/emulated.yaml'), 'utf8');
  return folder.file('quick.yaml', emulated.replace('  settings:\n', '  settings:\n    bootMs: 300\n'));
}

/** Starts the real program as CI does: plain node, without npm. */
export function start(args: readonly string[], env: Record<string, string> = {}) {
  return execa(process.execPath, [bin, ...args], {
    cwd: root,
    env,
    reject: false,
    stdin: 'ignore',
    // By default execa sends SIGKILL 5 s after `kill`, which on a busy machine would cut an orderly end short.
    forceKillAfterDelay: 60_000,
  });
}

export async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const startedAt = Date.now();
  const { exitCode, stdout, stderr } = await start(args, env);
  return { exitCode, stdout, stderr, ms: Date.now() - startedAt };
}

export const recordIn = (dir: string): RunRecord =>
  JSON.parse(readFileSync(path.join(dir, 'run.json'), 'utf8')) as RunRecord;

/** The JUnit file's text, after a strict XML parser has accepted it. */
export function junitIn(dir: string): string {
  const text = readFileSync(path.join(dir, 'junit.xml'), 'utf8');
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(text).close();
  return text;
}

/** The lines of the trace. */
export const traceIn = (dir: string): Record<string, unknown>[] =>
  readFileSync(path.join(dir, 'trace.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** Waits until a program has printed `text`; rejects when its output ends without. */
export function untilPrinted(output: Readable | null, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let heard = '';
    output?.on('data', (chunk: Buffer) => {
      heard += chunk.toString();
      if (heard.includes(text)) resolve();
    });
    output?.on('end', () => reject(new Error(`it ended before it printed '${text}': ${heard}`)));
  });
}

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { jest } from '@jest/globals';
import { execa } from 'execa';

import { root } from '../harness/run/e2e/qualify.fixture.ts';

/** Two compilers and five programs on a busy machine: three times what they took beside a load of 23. */
jest.setTimeout(60_000);
const timeout = 55_000;

test('the benchmark measures the clients that are here, beside serialport alone', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-test-'));
  try {
    const json = path.join(folder, 'figures.json');
    const few = ['--only', 'exchange', '--exchanges', '20', '--rounds', '1', '--json', json];
    const { stdout } = await execa('npm', ['run', '--silent', 'bench', '--', ...few], { cwd: root, timeout });
    const { results } = JSON.parse(readFileSync(json, 'utf8')) as {
      results: { exchange: Record<string, unknown>[] };
    };
    for (const name of ['write and read, C', 'serialport alone', 'bc26-hil, trace to a file']) {
      const row = results.exchange.find(({ program }) => program === name);
      expect(row?.['median us']).toBeGreaterThan(0);
      expect(stdout).toContain(`| ${name} | ${String(row?.['median us'])} |`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a part that does not exist is refused, with those that do', async () => {
  const { exitCode, stderr } = await execa('npm', ['run', '--silent', 'bench', '--', '--only', 'speed'], {
    cwd: root,
    timeout,
    reject: false,
  });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^bench: no part speed\n\nUsage: [^]*exchange, boards, qualify, trace, history/);
});

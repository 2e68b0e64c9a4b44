import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { jest } from '@jest/globals';

import { readProof } from '../../../reports/proof/read-proof.ts';
import { descendants, left } from './endings.fixture.ts';
import { run, start, untilPrinted, workFolder } from './qualify.fixture.ts';

/** Each is caught within seconds; in the emulator's order. */
const faults = ['no-test-form', 'ex-mac-cut-short', 'query-server-wrong'];
const chosen = faults.flatMap((fault) => ['--fault', fault]);

const folder = workFolder();
afterAll(() => folder.end());

jest.setTimeout(600_000);

/** What was found of each firmware, in order. How long it took is another matter. */
const found = (dir: string) =>
  readProof(dir).cells.map(({ name, outcome, failed, caughtBy, profile }) => ({
    ...{ name, outcome, failed, caughtBy, profile },
  }));

/** The firmwares that the journal has a line for, in the order in which they were judged. */
const judged = (dir: string): string[] =>
  readFileSync(path.join(dir, 'cells.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => (JSON.parse(line) as { name: string }).name);

test('a proof that is killed leaves no process and goes on where it was; shards make the same whole', async () => {
  const whole = path.join(folder.dir, 'whole');
  const child = start(['prove', ...chosen, '--jobs', '1', '--out', whole]);
  await untilPrinted(child.stderr, '1/3');
  const momentMs = Math.round(Math.random() * 6_000);
  process.stdout.write(`  killed ${momentMs} ms after its first verdict\n`);
  await sleep(momentMs);
  const below = descendants(child.pid!);
  child.kill('SIGKILL');
  await child;
  // A program that notices the end of its parent first puts its board at rest.
  expect(await left(below, 30_000)).toEqual([]);
  expect(judged(whole)).toContain(faults[0]);
  const resumed = await run(['prove', '--resume', whole, '--jobs', '1']);
  expect(resumed.stdout).toContain('3 of 3 faults caught by a clause that it breaks\n');
  expect(resumed.exitCode).toBe(0);
  expect(judged(whole)).toEqual(faults);

  const parts = ['1', '2'].map((part) => path.join(folder.dir, `part-${part}`));
  for (const [index, out] of parts.entries())
    expect((await run(['prove', ...chosen, '--shard', `${index + 1}/2`, '--out', out])).exitCode).toBe(0);
  const merged = path.join(folder.dir, 'merged');
  expect((await run(['prove', '--merge', ...parts, '--out', merged])).exitCode).toBe(0);
  expect(found(merged)).toEqual(found(whole));
});

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { jest } from '@jest/globals';

import type { Proof } from '../../../reports/proof/proof.ts';
import { listFaults } from '../../../rigs/control/emulator-faults.ts';
import { recordIn, run, workFolder } from './qualify.fixture.ts';

/**
 * How many faults are drawn. The workflow of each night judges all; here a fault takes 5 s of a processor, and the whole
 * lane has to end within 25 minutes on two.
 */
const DRAWN = 24;

const folder = workFolder();
afterAll(() => folder.end());

jest.setTimeout(1_200_000);

/** The draw, by date, so that each is judged in time. `BC26_HIL_DRAW=2026-11-30` repeats that of a day. */
const DRAW = process.env['BC26_HIL_DRAW'] ?? new Date().toISOString().slice(0, 10);

async function drawn(): Promise<string[]> {
  const order = (id: string): string => createHash('sha256').update(`${DRAW} ${id}`).digest('hex');
  const ids = (await listFaults()).map(({ id }) => ({ id, key: order(id) }));
  return ids
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .slice(0, DRAWN)
    .map(({ id }) => id);
}

test('firmware that is wrong in one way fails a clause that says so', async () => {
  process.stdout.write(`  BC26_HIL_DRAW=${DRAW} draws these faults again\n`);
  const chosen = (await drawn()).flatMap((fault) => ['--fault', fault]);
  const out = path.join(folder.dir, 'proof');
  const ended = await run(['prove', ...chosen, '--out', out]);
  const { cells } = JSON.parse(readFileSync(path.join(out, 'prove.json'), 'utf8')) as Proof;
  expect(cells).toHaveLength(DRAWN);
  const undecided = cells.filter(({ outcome }) => outcome === 'undecided').map(({ name }) => name);
  expect(cells.filter(({ name, outcome }) => outcome !== 'caught' && !undecided.includes(name))).toEqual([]);
  expect(ended).toMatchObject({ exitCode: undecided.length > 0 ? 4 : 0 });
  // A busy machine may be unable to decide: each of those is judged once more, alone.
  for (const name of undecided) {
    const alone = await run(['prove', '--fault', name, '--out', path.join(folder.dir, name)]);
    expect(alone).toMatchObject({ exitCode: 0 });
  }
});

test('a second boot within a reboot is seen, whichever suite rebooted', async () => {
  const out = `${folder.dir}/each-reboot`;
  const chosen = ['--profile', 'smoke', '--clause', 'BOOT-ALIVE'];
  await run(['qualify', ...chosen, '--fault', 'boots-twice', '--seed', '1', '--out', out]);
  const { tests, counters } = recordIn(out);
  const whole = tests.find(({ name }) => name.startsWith('90-run') && name.includes('no reboot of the run'));
  expect(whole?.verdict).toBe('fail');
  expect(counters.reboots).toBeGreaterThan(0);
  expect(whole?.reason?.match(/reboot \d+ \(\S+\): 2 boots/g)).toHaveLength(counters.reboots);
});

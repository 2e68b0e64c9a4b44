import { createHash } from 'node:crypto';
import path from 'node:path';

import { jest } from '@jest/globals';

import { listFaults } from '../../../rigs/control/emulator-faults.ts';
import { recordIn, run, workFolder } from './qualify.fixture.ts';

/** How many faults are drawn: with the fast lane, all have had their turn within weeks. */
const DRAWN = 24;

const folder = workFolder();
afterAll(() => folder.end());

jest.setTimeout(1_200_000);

/**
 * Faults with which a run ends before anything is judged: what the module holds cannot be read, so the run takes it for
 * the rig's failure. The proof of each night says so; a day's draw leaves them out until the harness blames the module.
 */
const unjudged = ['final-unframed', 'no-final-result'];

/** The faults of today: a night's failure comes again all day. */
async function drawnToday(): Promise<string[]> {
  const today = new Date().toISOString().slice(0, 10);
  process.stdout.write(`  faults drawn for ${today}\n`);
  const order = (id: string): string => createHash('sha256').update(`${today} ${id}`).digest('hex');
  const ids = (await listFaults())
    .filter(({ id }) => !unjudged.includes(id))
    .map(({ id }) => ({ id, key: order(id) }));
  return ids
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .slice(0, DRAWN)
    .map(({ id }) => id);
}

test('firmware that is wrong in one way fails a clause that says so', async () => {
  const chosen = (await drawnToday()).flatMap((fault) => ['--fault', fault]);
  const { exitCode, stdout } = await run(['prove', ...chosen, '--out', path.join(folder.dir, 'proof')]);
  expect(stdout).toContain(`${DRAWN} of ${DRAWN} faults caught by a clause that it breaks\n`);
  expect(exitCode).toBe(0);
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

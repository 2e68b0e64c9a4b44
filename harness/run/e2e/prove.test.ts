import { existsSync } from 'node:fs';
import path from 'node:path';

import { jest } from '@jest/globals';

import { quickRig, run, workFolder } from './qualify.fixture.ts';

/**
 * Faults of each chapter that is judged within seconds of the module's boot, and the clauses that they break. A run of
 * one takes 5 s of a processor, so that all take a minute of two.
 */
const faults: readonly (readonly [fault: string, ...clauses: string[]])[] = [
  ['no-qdmpcfg', 'CFG-TEST'],
  ['no-test-form', 'CFG-TEST'],
  ['no-ex-test-form', 'EX-TEST'],
  ['ex-read-form', 'EX-NO-READ'],
  ['read-order-wrong', 'CFG-READ'],
  ['query-server-wrong', 'CFG-QUERY-1'],
  ['key-leaked-query', 'CFG-MASK'],
  ['save-mode-forgotten', 'CFG-SAVE-0'],
  ['erase-server-nothing', 'CFG-ERASE-1'],
  ['period-300-refused', 'CFG-PERIOD-RANGE'],
  ['period-4294967-accepted', 'CFG-PERIOD-OUTSIDE'],
  ['mode-2-accepted', 'CFG-MODE-OUTSIDE'],
  ['terminal-type-2-refused', 'CFG-TML-MEMBERS'],
  ['server-text-accepted', 'CFG-IP-FORM'],
  ['imei-15-refused', 'CFG-IMEI-LENGTH'],
  ['imei-14-accepted', 'CFG-IMEI-OUTSIDE'],
  ['ex-mac-longest-refused', 'EX-LEN-mac'],
  ['ex-mac-cut-short', 'EX-LEN-OVER-mac'],
  ['cme-text-at-1', 'ERR-CMEE'],
  ['line-feed-missing', 'AT-FRAME'],
];

const folder = workFolder();
afterAll(() => folder.end());

jest.setTimeout(600_000);

test('the suites catch faulty firmware by the clauses that it breaks, and pass sound firmware', async () => {
  const clauses = [...new Set(faults.flatMap(([, ...ids]) => ids))].join(',');
  const chosen = faults.flatMap(([fault]) => ['--fault', fault]);
  const { stdout, exitCode } = await run([
    ...['prove', ...chosen, '--control', 'healthy-*', '--clause', clauses],
    ...['--rig', quickRig(folder), '--out', path.join(folder.dir, 'proof')],
  ]);
  expect(stdout).toContain('20 of 20 faults caught by a clause that it breaks\n');
  expect(stdout).toContain('5 of 5 controls passed\n');
  expect(exitCode).toBe(0);
  expect(existsSync(path.join(folder.dir, 'proof', 'report.html'))).toBe(true);
});

test('a board that is no emulated one is refused before anything is run', async () => {
  const ended = await run(['prove', '--rig', 'raspberry-pi', '--fault', 'query-server-wrong']);
  expect(ended).toMatchObject({ exitCode: 2 });
  expect(ended.stderr).toContain('--rig raspberry-pi: only an emulated board can be given the faults');
});

test('a proof that is refused leaves no folder behind, so that it can be asked for again as it was', async () => {
  const out = path.join(folder.dir, 'refused');
  const refused = ['--fault', 'query-server-wrong'];
  for (const wrong of [
    ['--fault', 'no-such-fault'],
    [...refused, '--clause', 'NO-SUCH-CLAUSE'],
  ]) {
    expect(await run(['prove', ...wrong, '--out', out])).toMatchObject({ exitCode: 2 });
    expect(existsSync(out)).toBe(false);
  }
  const ended = await run(['prove', ...refused, '--clause', 'CFG-MASK', '--out', out]);
  expect(ended).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('nothing to judge') as string });
  expect(existsSync(out)).toBe(false);
});

import path from 'node:path';

import { execa } from 'execa';

const bin = path.resolve(import.meta.dirname, 'bin.mjs');
const clauses = (pattern: string) =>
  execa(process.execPath, [bin, 'clauses', pattern], { reject: false, timeout: 60_000 });

test('clauses shows words, status and place of a clause, and the tests that judge it with their profile', async () => {
  const { exitCode, stdout } = await clauses('CFG-TIME,CFG-QUERY-1');
  expect(exitCode).toBe(0);
  expect(stdout).toContain(
    [
      'CFG-TIME (S, note 2.1 AT+QDMPCFG, introduction)',
      '  Every answer of AT+QDMPCFG is complete within 300 ms, also while a registration or an update is unanswered.',
      '  · 90-run.suite.ts › every answer to AT+QDMPCFG was complete within 300 ms (smoke)',
    ].join('\n'),
  );
  expect(stdout).toMatch(/^ {2}· 20-access-records.suite.ts › .* \((smoke|nightly|release)\)$/m);
  expect(stdout.match(/^[A-Z]\S+ \(/gm)).toEqual(['CFG-QUERY-1 (', 'CFG-TIME (']);
}, 60_000);

test('a pattern that names no clause ends 2', async () => {
  expect(await clauses('CFG-TYME')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('CLAUSE_UNKNOWN') as string,
  });
}, 60_000);

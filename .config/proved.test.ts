import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import { proofCellOf, proofOf } from '../reports/proof/proof.fixture.ts';

const program = path.join(import.meta.dirname, 'proved.mjs');
const folder = mkdtempSync(path.join(tmpdir(), 'proved-'));
afterAll(() => rmSync(folder, { recursive: true }));

const cell = (name: string, named: boolean) =>
  proofCellOf(name, { cause: { text: 'breaks CFG-TEST', named } });
const control = proofCellOf('healthy-1', { kind: 'control', breaks: [], outcome: 'passed' });

async function keep(own: Parameters<typeof proofOf>[1]) {
  writeFileSync(
    path.join(folder, 'prove.json'),
    JSON.stringify(proofOf([cell('one', true), cell('two', false), control], own)),
  );
  const file = path.join(folder, 'proved.json');
  const { stdout, exitCode } = await execa(process.execPath, [program, folder], {
    reject: false,
    env: { BC26_HIL_PROVED: file },
  });
  return { stdout, exitCode, isKept: existsSync(file) };
}

test('says what is kept, or that nothing is', async () => {
  expect(await keep({ chosen: true })).toMatchObject({ exitCode: 1, isKept: false });
  const { stdout, exitCode } = await keep({});
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /^2026-01-31, commit 0123456789ab, profile nightly:\n2 of 2 faults caught .*, 1 of them named in the first cause\n1 of 1 sound modules passed\n2 minutes on \d+ processors/,
  );
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { writeJson } from '../../../reports/files/replace-file.ts';
import { proofCellOf, proofOf } from '../../../reports/proof/proof.fixture.ts';
import { exitCodeOf, type Proof } from '../../../reports/proof/proof.ts';
import { proofFile } from '../../../reports/proof/read-proof.ts';
import { mergeProofs } from './merge.ts';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

function folderOf(proof: Proof): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'shard-'));
  made.push(folder);
  writeJson(proofFile(folder), proof);
  return folder;
}

const [a, b, c] = ['a', 'b', 'c'].map((name) => proofCellOf(name));
const first = proofOf([a!, c!], { shard: [1, 2], durationMs: 9_000 });
const second = proofOf([b!], { shard: [2, 2], durationMs: 5_000 });

test('shards make the whole, in its order, whatever the order of their folders', () => {
  const merged = mergeProofs([folderOf(second), folderOf(first)], []);
  expect(merged).toMatchObject({ planned: 3, cells: [a, b, c], durationMs: 9_000, perMinute: 19 });
  expect(merged.shard).toBeUndefined();
  expect(merged.idle).toContain('CFG-READ');
  expect(merged.idle).not.toContain('CFG-TEST');
  expect(exitCodeOf(merged)).toBe(0);
});

test('shards of chosen faults say nothing of clauses and tests', () => {
  const folders = [first, second].map((proof) => folderOf({ ...proof, chosen: true }));
  expect(mergeProofs(folders, [])).toMatchObject({ idle: null, matrix: null });
});

test('neither does a shard that was ended early', () => {
  const folders = [{ ...first, planned: 5 }, second].map(folderOf);
  expect(mergeProofs(folders, [])).toMatchObject({ planned: 6, idle: null, matrix: null });
});

test.each([
  ['a shard that is missing', [first], 'is part 1 of 2'],
  ['a shard named twice', [first, first], 'part 2 of 2 is missing'],
  ['a whole proof', [first, proofOf([b!])], 'is no shard'],
  ['another seed', [first, { ...second, seed: 2 }], 'seed is 2'],
])('%s is refused', (_, proofs, message) => {
  expect(() => mergeProofs(proofs.map(folderOf), [])).toThrow(message);
});

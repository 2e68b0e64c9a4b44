import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { proofCellOf } from '../../../reports/proof/proof.fixture.ts';
import { type Asked, readJournal, startJournal } from './journal.ts';

const asked: Asked = {
  profile: 'nightly',
  seed: 1,
  rig: 'emulated',
  faults: [],
  generated: null,
  clausePattern: null,
  controls: null,
  everyTest: false,
  shard: null,
  startedAt: '2026-01-31T09:05:07.000Z',
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'journal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a proof goes on with what was asked and judged; the later line of a cell counts', () => {
  const journal = startJournal(folder, asked);
  journal.add(proofCellOf('one', { outcome: 'undecided' }));
  journal.add(proofCellOf('two'));
  journal.add(proofCellOf('one'));
  const again = readJournal(folder);
  expect(again.asked).toEqual(asked);
  expect([...again.judged.values()]).toEqual([proofCellOf('one'), proofCellOf('two')]);
});

test('a last line that a kill has cut is judged again', () => {
  startJournal(folder, asked).add(proofCellOf('one'));
  appendFileSync(path.join(folder, 'cells.jsonl'), '{"kind":"fau');
  expect([...readJournal(folder).judged.keys()]).toEqual(['one']);
});

test('a folder without a journal is refused', () => {
  expect(() => readJournal(folder)).toThrow('cells.jsonl: is not there');
});

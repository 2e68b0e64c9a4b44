import type { Entry } from './entry.ts';
import { runStart } from './example-run.fixture.ts';
import { foldRecord } from './fold-record.ts';

test('keeps the last sweep of supply cuts of each record', () => {
  const sweep = (record: string, ms: number): Entry => ({
    type: 'cut-sweep',
    record,
    durableMs: 60,
    cuts: [{ ms, okMs: null, found: 'old' }],
  });
  const { cutSweeps } = foldRecord([
    runStart([], []),
    sweep('QDMPCFG 1', 3),
    sweep('QDMPCFG 2', 4),
    sweep('QDMPCFG 1', 5),
  ]);
  expect(cutSweeps.map(({ record, cuts }) => [record, cuts[0]?.ms])).toEqual([
    ['QDMPCFG 1', 5],
    ['QDMPCFG 2', 4],
  ]);
});

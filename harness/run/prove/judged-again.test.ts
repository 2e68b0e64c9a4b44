import type { ProofCell } from '../../../reports/proof/proof.ts';
import type { Cell } from './cell.ts';
import { judgedAgain } from './judged-again.ts';

const cell = (name: string): Cell => ({ kind: 'fault', name, describe: '', breaks: [], seed: 1 });
const late = cell('late');
const nowAndThen = cell('now-and-then');
const earlier = cell('judged-before-it-was-resumed');
const caught = cell('caught');
const cells = [late, nowAndThen, earlier, caught];
const judged = new Map<string, Pick<ProofCell, 'outcome'>>([
  ...[late, nowAndThen, earlier].map(({ name }) => [name, { outcome: 'undecided' }] as const),
  [caught.name, { outcome: 'caught' }] as const,
]);

test('what came to no verdict is judged once more, unless nothing disturbed its runs', () => {
  expect(judgedAgain(cells, judged, new Set([nowAndThen, caught]))).toEqual([late, earlier]);
});

test('an end of the proof before they were all judged leaves the others out', () => {
  expect(judgedAgain([...cells, cell('not-judged')], judged, new Set())).toEqual([late, nowAndThen, earlier]);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { chosenRuns, keepChosenRun } from './chosen-runs.ts';

let environment: { BC26_HIL_STATE: string };
beforeEach(() => {
  environment = { BC26_HIL_STATE: mkdtempSync(path.join(tmpdir(), 'chosen-runs-')) };
});
afterEach(() => rmSync(environment.BC26_HIL_STATE, { recursive: true }));

test('the last three folders of a rig are kept, each once, and those of another rig apart', () => {
  expect(chosenRuns('bench-1', environment)).toEqual([]);
  for (const dir of ['/a', '/b', '/c', '/b', '/d']) keepChosenRun('bench-1', dir, environment);
  keepChosenRun('bench-2', '/e', environment);
  expect(chosenRuns('bench-1', environment)).toEqual(['/c', '/b', '/d']);
  expect(chosenRuns('bench-2', environment)).toEqual(['/e']);
});

test('a damaged file names no folder, and is written anew', () => {
  keepChosenRun('bench-1', '/a', environment);
  writeFileSync(path.join(environment.BC26_HIL_STATE, 'runs', 'bench-1.json'), '["/a');
  expect(chosenRuns('bench-1', environment)).toEqual([]);
  keepChosenRun('bench-1', '/b', environment);
  expect(chosenRuns('bench-1', environment)).toEqual(['/b']);
});

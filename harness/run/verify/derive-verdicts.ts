import { rmSync } from 'node:fs';
import path from 'node:path';

import { readRecord } from '../../../reports/record/read-record.ts';
import type { RunRecord } from '../../../reports/record/record.ts';
import { HilError } from '../../base/error.ts';
import { makeTemporaryFolder } from '../../base/temporary-folder.ts';
import type { Screen } from '../progress/screen.ts';
import { replay } from './replay.ts';

type Judged = Pick<RunRecord, 'state' | 'tests' | 'clauses' | 'problems'>;

const unseen: Screen = { isTTY: false, columns: 80, write: () => true };

/**
 * Derives every verdict of a run again: the suites run once more, with the trace in the place of the board.
 * @param progress where it is shown how far that is
 * @returns one sentence for each verdict that is another one than in the record
 * @throws REPLAY_DIFFERS where the suites now send something else than in the trace, RUN_NOT_REPLAYABLE, RECORD_UNREADABLE
 */
export async function differencesFromSuites(dir: string, progress: Screen): Promise<string[]> {
  const said = readRecord(dir);
  const folder = makeTemporaryFolder('verify');
  try {
    const out = path.join(folder, 'replay');
    await replay(dir, { out }, { progress, summary: unseen });
    return differences(said, readRecord(out));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Compares the verdicts of a run with those of its replay. */
export function differences(said: Judged, derived: Judged): string[] {
  refuseOther(said, derived);
  const tests = new Map(derived.tests.map(({ name, verdict }) => [name, verdict]));
  const clauses = new Map(derived.clauses.map(({ id, verdict }) => [id, verdict]));
  const differs = (what: string, was: string | null, is: string | null = null): string[] =>
    was === is
      ? []
      : [`${what} was ${was ?? 'not judged'}, and by the suites of now is ${is ?? 'not judged'}`];
  // What a run that was cut short did not come to judge was not judged by its trace either.
  const whole = said.state === 'complete';
  const ended = said.tests.filter(({ verdict }) => whole || verdict !== 'not-run');
  return [
    ...(whole ? said.clauses.flatMap(({ id, verdict }) => differs(id, verdict, clauses.get(id))) : []),
    ...ended.flatMap(({ name, clauses: ids, verdict }) =>
      differs(`the test "${name}" [${ids.join(' ')}]`, verdict, tests.get(name)),
    ),
  ];
}

/** A replay that did not follow the trace to its end says nothing of the verdicts. */
function refuseOther(said: Judged, derived: Judged): void {
  for (const { code, message } of derived.problems) {
    if (code === 'REPLAY_ENDS' && said.state !== 'complete') continue;
    if (code !== 'REPLAY_DIFFERS' && code !== 'REPLAY_ENDS') continue;
    throw new HilError(code, message, {
      remedy: 'verify it with the commit that is in its run.json, or read its verdicts from the trace alone',
    });
  }
}

import path from 'node:path';

import { execa } from 'execa';

import type { PlannedTest } from '../../../reports/record/entry.ts';
import type { FaultFacts } from '../../../rigs/control/emulator-faults.ts';
import { HilError } from '../../base/error.ts';
import { escapeText } from '../../base/escape.ts';
import { catalogue } from '../../clauses/catalogue.ts';

/** What git says has changed. */
export interface Change {
  /** Paths from the repository's root. */
  readonly files: readonly string[];
  /** The lines of the catalogue that were removed or added. */
  readonly clauseLines: string;
}

/**
 * What has changed since a commit, uncommitted and new files included.
 * @throws USAGE where git does not know the commit
 */
export async function changeSince(commit: string): Promise<Change> {
  const cwd = path.resolve(import.meta.dirname, '../../..');
  const git = async (...args: string[]): Promise<string> => {
    const { exitCode, stdout } = await execa('git', args, { cwd, reject: false, timeout: 30_000 });
    if (exitCode === 0) return stdout;
    throw new HilError('USAGE', `--changed: git knows no commit ${escapeText(commit)}`, {
      remedy: 'name a commit or a branch, e.g. origin/main',
    });
  };
  const tracked = await git('diff', '--name-only', '--end-of-options', commit);
  const added = await git('ls-files', '--others', '--exclude-standard');
  const lines = await git('diff', '--unified=0', '--end-of-options', commit, '--', 'harness/clauses');
  return {
    files: [...tracked.split('\n'), ...added.split('\n')],
    clauseLines: lines
      .split('\n')
      .filter((line) => /^[-+]/.test(line))
      .join('\n'),
  };
}

/**
 * The faults that a change concerns: their own file, a clause that they break, or a suite file that judges one. What
 * all suites stand on concerns all faults, and is not looked at.
 */
export function faultsConcerned(
  faults: readonly FaultFacts[],
  tests: readonly Pick<PlannedTest, 'file' | 'clauses'>[],
  { files, clauseLines }: Change,
): readonly FaultFacts[] {
  const clauses = new Set([
    ...catalogue.filter(({ id }) => clauseLines.includes(`'${id}'`)).map(({ id }) => id),
    ...tests.filter(({ file }) => files.includes(`suites/${file}`)).flatMap((test) => test.clauses),
  ]);
  return faults.filter(({ file, breaks }) => files.includes(file) || breaks.some((id) => clauses.has(id)));
}

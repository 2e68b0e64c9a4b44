import { recordIn } from '../../harness/run/e2e/qualify.fixture.ts';
import { costOf } from '../cost.ts';
import type { Lane } from './lane.ts';

/** A qualification to its end. `memoryMb`: of its largest process. */
export interface Judged {
  readonly exitCode: number | undefined;
  readonly failed: readonly string[];
  readonly flaky: readonly string[];
  readonly memoryMb: number;
  /** The last lines of what it said. */
  readonly said: string;
}

/** Runs `qualify` on the lane's board. */
export async function judge(
  { board, scene }: Lane,
  out: string,
  clauses: string,
  seed: number,
): Promise<Judged> {
  const options = ['--profile', 'nightly', '--clause', clauses, '--seed', `${seed}`, '--no-latest'];
  const { exitCode, stdout, stderr, memoryMb } = await costOf(
    ['qualify', '--rig', scene.rig('bench'), ...options, '--out', out],
    { account: board.out('account'), env: board.env() },
  );
  return {
    exitCode,
    failed: judgedIn(out, 'fail'),
    flaky: judgedIn(out, 'flaky'),
    memoryMb,
    said: lastOf(stdout, stderr),
  };
}

/** The last lines of what a program said, in one. */
export const lastOf = (...texts: readonly unknown[]): string =>
  texts.join('\n').trim().split('\n').slice(-8).join(' / ');

/** The clauses with this verdict; none where no record was left. */
function judgedIn(out: string, wanted: 'fail' | 'flaky'): readonly string[] {
  try {
    return recordIn(out)
      .clauses.filter(({ verdict }) => verdict === wanted)
      .map(({ id }) => id);
  } catch {
    return [];
  }
}

import { arrangement } from '../../harness/jest/suite.ts';
import type { Input } from '../values/commands.ts';
import { expectNoneChanged, groupDeadlineMs, tryRefused } from './refusals.ts';

/**
 * Commands with less than the note prints: what each is answered is observed, and those that are answered with an
 * error have to change nothing.
 * @param id the clause on the answers; `<id>-SAFE` is that on the changes
 * @param what the inputs in words, at the beginning of a title
 */
export function judgePartial(id: string, what: string, inputs: readonly Input[]): void {
  const tried = arrangement({ deadlineMs: groupDeadlineMs }, ({ module }) => tryRefused(module, inputs));

  tried.clause(id, what, ({ arranged, observe }) => {
    for (const { name, outcome } of arranged.answers) observe(`${id}.${name}`, outcome);
    return Promise.resolve();
  });

  tried.clause(`${id}-SAFE`, `${what}, where that is an error, change nothing`, ({ arranged }) => {
    expectNoneChanged(arranged);
    return Promise.resolve();
  });
}

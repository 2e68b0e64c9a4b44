import { arrangement } from '../../harness/jest/suite.ts';
import type { Input } from '../values/commands.ts';
import { expectNoneChanged, groupDeadlineMs, tryRefused } from './refusals.ts';

/**
 * Judges commands with fewer parameters than the note prints: observes each answer, and expects that commands answered
 * with an error change nothing.
 * @param id the clause on the answers; `<id>-SAFE` is the clause on the changes
 * @param what describes the inputs; the titles begin with it
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

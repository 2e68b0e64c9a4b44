import { isHilError } from '../../base/error.ts';
import { describeCommand } from '../../cmdmp/form.ts';
import type { ClauseSpec } from '../host/host.ts';

/**
 * The clauses that a failed test did not come to judge. Where a save or an erase was refused, nothing was read yet, so
 * the clauses through which the test sees its others (`ClauseOptions.through`) are neither kept nor broken.
 * @param thrown what ended the test; the message of AT_REFUSED begins with the command (`harness/bc26/require-ok.ts`)
 */
export const unseenClauses = (thrown: unknown, { through = [] }: ClauseSpec): readonly string[] =>
  isHilError(thrown) && thrown.code === 'AT_REFUSED' && describeCommand(thrown.message).kind === 'write'
    ? through
    : [];

import { HilError, isHilError, messageOf } from '../../base/error.ts';
import type { Emit } from '../host/emit.ts';

/** Reports what ended the run, unless the run was stopped on request. @returns it as an error of ours */
export function reportError(emit: Emit, thrown: unknown): HilError {
  const error = isHilError(thrown)
    ? thrown
    : new HilError('SUITES_CRASHED', `the harness failed: ${messageOf(thrown)}`, { cause: thrown });
  if (error.blame === 'stopped') return error;
  const { code, message, remedy } = error;
  emit({
    type: error.blame === 'usage' ? 'usage-error' : 'rig-error',
    code,
    message,
    ...(remedy && { remedy }),
  });
  return error;
}

import { type Blame, isHilError } from '../base/error.ts';

const codes: Record<Blame, number> = { usage: 2, rig: 3, module: 1, stopped: 130 };

/** The exit code for an error that ended a command; what nobody foresaw counts as the rig's (3). */
export const exitCodeOf = (error: unknown): number => (isHilError(error) ? codes[error.blame] : 3);

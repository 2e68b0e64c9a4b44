import { isNativeError } from 'node:util/types';

import { cutMark, escapeBytes } from './escape.ts';

/**
 * Who has to act on an error; it decides the exit code (reports/README.md, "Verdicts"):
 * `usage` → 2, `rig` → 3, `module` → 1 (the module failed), `stopped` → the run was interrupted.
 */
export type Blame = 'usage' | 'rig' | 'module' | 'stopped';

/** Every error code, with who has to act on it. Codes are stable: people search for them. */
const blameOf = {
  // usage: the command line, a rig file, a profile
  USAGE: 'usage',
  RIG_NOT_FOUND: 'usage',
  RIG_FILE_INVALID: 'usage',
  RIG_REPLAYS: 'usage',
  EMULATOR_REFUSED: 'usage',
  DEVIATIONS_INVALID: 'usage',
  DEVIATION_UNNEEDED: 'usage',
  CLAUSE_UNKNOWN: 'usage',
  CATALOGUE_INVALID: 'usage',
  CREDENTIALS_AT_RISK: 'usage',
  RECORD_UNREADABLE: 'usage',
  RUN_UNSEALED: 'usage',
  RUN_NOT_REPLAYABLE: 'usage',
  BUNDLE_UNREADABLE: 'usage',
  KEY_UNUSABLE: 'usage',
  FOLDER_UNUSABLE: 'usage',
  // rig: everything between us and the module
  RIG_BUSY: 'rig',
  RIG_UNSOUND: 'rig',
  LOCK_FAILED: 'rig',
  LEDGER_FAILED: 'rig',
  ORIGINAL_UNREADABLE: 'rig',
  ORIGINAL_NOT_KEPT: 'rig',
  PORT_MISSING: 'rig',
  PORT_DENIED: 'rig',
  PORT_BUSY: 'rig',
  PORT_OPEN_FAILED: 'rig',
  PORT_GONE: 'rig',
  PORT_CLOSED: 'rig',
  CONTROL_FAILED: 'rig',
  CONTROL_TIMEOUT: 'rig',
  GPIO_UNAVAILABLE: 'rig',
  GPIO_ONOFF_MISSING: 'rig',
  GPIO_CHIP_NOT_FOUND: 'rig',
  GPIO_LINE_INVALID: 'rig',
  GPIO_DENIED: 'rig',
  GPIO_BUSY: 'rig',
  GPIO_NOT_FOLLOWED: 'rig',
  GPIO_UNSTEADY: 'rig',
  GPIO_ALREADY_POWERED: 'rig',
  GPIO_STILL_POWERED: 'rig',
  GPIO_NOT_POWERED: 'rig',
  GPIO_FAILED: 'rig',
  EMULATOR_FAILED: 'rig',
  BOOT_TIMEOUT: 'rig',
  NOT_READY: 'rig',
  MODULE_DEAD: 'rig',
  POWER_OFF_TIMEOUT: 'rig',
  NOT_RESTARTED: 'rig',
  NOT_SILENCED: 'rig',
  LINE_NOT_IDLE: 'rig',
  IDENTITY_MISMATCH: 'rig',
  RESTORE_FAILED: 'rig',
  SUITES_CRASHED: 'rig',
  SUITES_HUNG: 'rig',
  RUN_TIMEOUT: 'rig',
  RUN_KILLED: 'rig',
  PLATFORM_LISTEN_FAILED: 'rig',
  PLATFORM_CLOSED: 'rig',
  CAPTURE_FAILED: 'rig',
  NETWORK_NOT_ATTACHED: 'rig',
  REPORT_FAILED: 'rig',
  REPLAY_DIFFERS: 'rig',
  REPLAY_ENDS: 'rig',
  // module: its behaviour is wrong
  AT_TIMEOUT: 'module',
  AT_REFUSED: 'module',
  AT_ANSWER_MALFORMED: 'module',
  AT_RAN_ON: 'module',
  UNEXPECTED_RESET: 'module',
  REBOOT_FAILED: 'module',
  PLATFORM_TIMEOUT: 'module',
  CLAUSE_DEADLINE: 'module',
  STRANGER_AT_REBOOT: 'module',
  // stopped: by a signal or a caller, or at a limit of the run
  ABORTED: 'stopped',
  BUDGET_SPENT: 'stopped',
  // The module failed before, and what comes after it is not judged.
  INPUT_SILENCES: 'stopped',
  MODULE_SILENCED: 'stopped',
} as const satisfies Record<string, Blame>;

export type ErrorCode = keyof typeof blameOf;

export interface HilErrorDetails {
  /** What to do about it, one line. */
  remedy?: string;
  wire?: Uint8Array;
  cause?: unknown;
}

/** The project's error class. Its message is one line: what happened, and where. */
export class HilError extends Error {
  override readonly name = 'HilError';
  readonly code: ErrorCode;
  readonly blame: Blame;
  readonly remedy: string | undefined;
  readonly wire: Uint8Array | undefined;

  constructor(code: ErrorCode, message: string, details: HilErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.blame = blameOf[code];
    this.remedy = details.remedy;
    this.wire = details.wire;
  }
}

/**
 * Whether `error` is a HilError. By shape, never by `instanceof`: the class exists more than once where a test loads the
 * sources beside a program that was built.
 */
export function isHilError(error: unknown): error is HilError {
  if (typeof error !== 'object' || error === null) return false;
  const { name, code } = error as { name?: unknown; code?: unknown };
  return name === 'HilError' && typeof code === 'string' && Object.hasOwn(blameOf, code);
}

export const hasCode = (error: unknown, code: ErrorCode): error is HilError =>
  isHilError(error) && error.code === code;

/** The most bytes of the wire that an error shows. */
export const wireShown = 400;

/** The last bytes on the wire; the cut mark shows that there may have been more. */
const endOfWire = (wire: Uint8Array): string =>
  `${wire.length < wireShown ? '' : cutMark}${escapeBytes(wire.subarray(-wireShown))}`;

/** The error's text for a person: code, what happened, the last bytes on the wire, what to do. */
export function describeError(error: unknown): string {
  if (!isHilError(error)) return messageOf(error);
  const wire = error.wire?.length ? `\n  on the wire: ${endOfWire(error.wire)}` : '';
  const remedy = error.remedy ? `\n  ${error.remedy}` : '';
  return `${error.code}: ${error.message}${wire}${remedy}`;
}

export function messageOf(error: unknown): string {
  if (isNativeError(error)) return error.message;
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return String(error);
}

import { execa } from 'execa';
import type { Clock } from '../../harness/base/clock.ts';
import { HilError } from '../../harness/base/error.ts';
import { escapeText } from '../../harness/base/escape.ts';
import { settledWithin } from '../settled-within.ts';
import { excerptOf } from './excerpt.ts';

interface RunOptions {
  /** The program and its arguments; no shell reads them. */
  readonly command: readonly string[];
  /** The folder it runs in: relative paths in the rig file are relative to the file. */
  readonly cwd: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

export interface RunResult {
  /** The exit code; undefined when it could not be started or a signal ended it. */
  readonly exitCode: number | undefined;
  /** What happened, for a message: "exit 3: …its last output…". */
  readonly outcome: string;
  readonly cause: unknown;
}

export const shown = (command: readonly string[]): string => escapeText(command.join(' ').slice(0, 200));

/** Ends the command and whatever it started: it runs in a process group of its own. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: it ended at that very moment.
  }
}

/** How long a killed group may take to give its output pipes back. */
const killedLimitMs = 1_000;

const withOutput = (what: string, output: string): string => (output ? `${what}: ${output}` : what);

/**
 * Runs a command to its end, of its output the first and last bytes are kept. A non-zero exit is a result, not an
 * error. After `timeoutMs` it is killed with its children and CONTROL_TIMEOUT is thrown.
 */
export async function runCommand({ command, cwd, timeoutMs, clock }: RunOptions): Promise<RunResult> {
  const [file = '', ...args] = command;
  const child = execa(file, args, {
    cwd,
    detached: true,
    reject: false,
    stdin: 'ignore',
    all: true,
    // Kept by ourselves: execa would end a command that prints more than its buffer holds.
    buffer: false,
  });
  const output = excerptOf(child.all);
  if (!(await settledWithin(child, timeoutMs, clock))) {
    killGroup(child.pid);
    await settledWithin(child, killedLimitMs, clock);
    child.all?.destroy();
    throw new HilError(
      'CONTROL_TIMEOUT',
      withOutput(`'${shown(command)}' took longer than ${timeoutMs} ms and was killed`, output.text()),
      {
        remedy:
          'raise control.timeoutMs, or let a program that is to go on running detach from its output first',
      },
    );
  }
  const { exitCode, signal, shortMessage, cause } = await child;
  const ended =
    exitCode !== undefined
      ? `exit ${exitCode}`
      : signal
        ? `ended by ${signal}`
        : escapeText(shortMessage ?? '');
  return { exitCode, outcome: withOutput(ended, output.text()), cause };
}

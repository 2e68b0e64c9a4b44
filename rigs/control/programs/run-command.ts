import { execa } from 'execa';

import type { Clock } from '../../../harness/base/clock.ts';
import { HilError } from '../../../harness/base/error.ts';
import { escapeText } from '../../../harness/base/escape.ts';
import { waitToSettle } from '../../../harness/base/wait-to-settle.ts';
import { keepExcerpt } from './excerpt.ts';
import { endGroup, killGroup } from './process-group.ts';

/** Is told which programs run, by their process groups, so that the next run can end them if this process is killed. */
export interface ProgramWatch {
  started(group: number): void;
  /** The program has ended, or was killed. */
  ended(group: number): void;
}

interface RunOptions {
  /** The program and its arguments; no shell reads them. */
  readonly command: readonly string[];
  /** The folder it runs in: relative paths in the rig file are relative to the file. */
  readonly cwd: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** Ends the program: SIGTERM to it and what it started, SIGKILL half a second later. */
  readonly signal?: AbortSignal | undefined;
  readonly programs?: ProgramWatch | undefined;
  /** The board's lock: the program inherits it, so it stays held if this process is killed. */
  readonly lockDescriptors?: readonly number[] | undefined;
}

export interface RunResult {
  /** Undefined if it could not be started, or was ended by a signal. */
  readonly exitCode: number | undefined;
  /** What happened, for a message: "exit code 3: …its output…". */
  readonly outcome: string;
  readonly cause: unknown;
}

export const commandText = (command: readonly string[]): string =>
  escapeText(command.join(' ').slice(0, 200));

const withOutput = (what: string, output: string): string => (output ? `${what}: ${output}` : what);

type Program = ReturnType<typeof start>;

/** Starts the program in a process group of its own, so that it can be ended with all it has started. */
function start({
  command,
  cwd,
  lockDescriptors = [],
}: Pick<RunOptions, 'command' | 'cwd' | 'lockDescriptors'>) {
  const [file = '', ...args] = command;
  return execa(file, args, {
    cwd,
    detached: true,
    reject: false,
    stdio: ['ignore', 'pipe', 'pipe', ...inherited(lockDescriptors)],
    all: true,
    // We keep the output ourselves: execa would end a command that prints more than its buffer can take.
    buffer: false,
  });
}

/** Execa passes numbers on to spawn, as it documents; its types allow them for the first three only. */
const inherited = (descriptors: readonly number[]): readonly 'inherit'[] =>
  descriptors as readonly unknown[] as readonly 'inherit'[];

/** Waits for a program: it has ended, takes too long, or `signal` has aborted. */
async function waitForEnd(
  child: Program,
  { timeoutMs, clock, signal }: Pick<RunOptions, 'timeoutMs' | 'clock' | 'signal'>,
): Promise<'ended' | 'late' | 'stopped'> {
  let ended = false;
  const end = child.then(() => void (ended = true));
  let onAbort = (): void => {};
  const stopped = new Promise<void>((resolve) => (onAbort = resolve));
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  const inTime = await waitToSettle(Promise.race([end, stopped]), timeoutMs, clock);
  signal?.removeEventListener('abort', onAbort);
  if (!inTime) return 'late';
  return ended ? 'ended' : 'stopped';
}

/** Reports a program's start at once, before anything else can happen. @returns reports its end */
function reportProgram(child: Program, programs: ProgramWatch | undefined): () => void {
  const { pid } = child;
  if (pid === undefined) return () => {};
  programs?.started(pid);
  return () => {
    // A program that cannot be killed (sudo) is reported when it ends by itself.
    if (child.exitCode === null && child.signalCode === null) child.once('exit', () => programs?.ended(pid));
    else programs?.ended(pid);
  };
}

/**
 * Runs a command to its end; keeps the beginning and the end of its output. A non-zero exit code is a result, not an
 * error.
 * @throws CONTROL_TIMEOUT after `timeoutMs`, when it has been killed with its children; ABORTED when `signal` has
 *   aborted and they have ended, or 1.5 s later
 */
export async function runCommand(options: RunOptions): Promise<RunResult> {
  const { command, timeoutMs, clock, programs } = options;
  const child = start(options);
  const reportEnd = reportProgram(child, programs);
  const output = keepExcerpt(child.all);
  try {
    const how = await waitForEnd(child, options);
    if (how === 'ended') return resultOf(await child, output.text());
    if (how === 'stopped') throw endedError(command, await endGroup(child.pid, child, clock), output.text());
    await killGroup(child.pid, child, clock);
    throw timeoutError(command, timeoutMs, output.text());
  } finally {
    // A program that cannot be killed keeps the pipe open, which would keep this process alive.
    child.all?.destroy();
    reportEnd();
  }
}

const timeoutError = (command: readonly string[], timeoutMs: number, output: string): HilError =>
  new HilError(
    'CONTROL_TIMEOUT',
    withOutput(`'${commandText(command)}' took longer than ${timeoutMs} ms and was killed`, output),
    {
      remedy:
        'raise control.timeoutMs; if the program shall keep running in the background, let it close its output',
    },
  );

const endedError = (command: readonly string[], hasEnded: boolean, output: string): HilError =>
  new HilError(
    'ABORTED',
    withOutput(
      `'${commandText(command)}' was ended, since the board is switched off${hasEnded ? '' : ', but still runs'}`,
      output,
    ),
  );

function resultOf({ exitCode, signal, shortMessage, cause }: Awaited<Program>, output: string): RunResult {
  const ended =
    exitCode !== undefined
      ? `exit code ${exitCode}`
      : signal
        ? `ended by ${signal}`
        : escapeText(shortMessage ?? '');
  return { exitCode, outcome: withOutput(ended, output), cause };
}

import { execa } from 'execa';

import type { Clock } from '../../../harness/base/clock.ts';
import { HilError } from '../../../harness/base/error.ts';
import { escapeText } from '../../../harness/base/escape.ts';
import { waitToSettle } from '../../../harness/base/wait-to-settle.ts';
import { keepExcerpt } from './excerpt.ts';
import { endGroup, killGroup } from './process-group.ts';

/** Hears which programs run, by the ids of their process groups: whoever outlives us has to end them. */
export interface ProgramWatch {
  started(group: number): void;
  /** Nothing of it runs any more, or it was killed. */
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
  /** The board's lock: it stays held while the program has them open, whatever becomes of us. */
  readonly lockDescriptors?: readonly number[] | undefined;
}

export interface RunResult {
  /** The exit code; undefined when it could not be started or a signal ended it. */
  readonly exitCode: number | undefined;
  /** What happened, for a message: "exit 3: …its last output…". */
  readonly outcome: string;
  readonly cause: unknown;
}

export const shown = (command: readonly string[]): string => escapeText(command.join(' ').slice(0, 200));

const withOutput = (what: string, output: string): string => (output ? `${what}: ${output}` : what);

type Program = ReturnType<typeof begin>;

/** Begins the program in a process group of its own: it can be ended with whatever it has started. */
function begin({
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
    // Kept by ourselves: execa would end a command that prints more than its buffer holds.
    buffer: false,
  });
}

/** Execa hands numbers on to spawn, as its documentation says; its types know them for the first three only. */
const inherited = (descriptors: readonly number[]): readonly 'inherit'[] =>
  descriptors as readonly unknown[] as readonly 'inherit'[];

/** How a wait for a program ended: it has ended, its time is over, or somebody asked for its end. */
async function waitFor(
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

/** Tells of a program from its start to its end: before anything is awaited, so that no kill of ours comes between. */
function tell(child: Program, programs: ProgramWatch | undefined): () => void {
  const { pid } = child;
  if (pid === undefined) return () => {};
  programs?.started(pid);
  return () => {
    // One that cannot be killed (sudo) is told of when it ends by itself.
    if (child.exitCode === null && child.signalCode === null) child.once('exit', () => programs?.ended(pid));
    else programs?.ended(pid);
  };
}

/**
 * Runs a command to its end, of its output the first and last bytes are kept. A non-zero exit is a result, not an
 * error. After `timeoutMs` it is killed with its children and CONTROL_TIMEOUT is thrown; once `signal` aborts it is
 * ended with them, and ABORTED is thrown when it has ended, 1.5 s later at the most.
 */
export async function runCommand(options: RunOptions): Promise<RunResult> {
  const { command, timeoutMs, clock, programs } = options;
  const child = begin(options);
  const told = tell(child, programs);
  const output = keepExcerpt(child.all);
  try {
    const how = await waitFor(child, options);
    if (how === 'ended') return resultOf(await child, output.text());
    if (how === 'stopped') throw wasEnded(command, await endGroup(child.pid, child, clock), output.text());
    await killGroup(child.pid, child, clock);
    throw tookTooLong(command, timeoutMs, output.text());
  } finally {
    // What cannot be killed would hold the pipe, and the pipe us.
    child.all?.destroy();
    told();
  }
}

const tookTooLong = (command: readonly string[], timeoutMs: number, output: string): HilError =>
  new HilError(
    'CONTROL_TIMEOUT',
    withOutput(`'${shown(command)}' took longer than ${timeoutMs} ms and was killed`, output),
    {
      remedy:
        'raise control.timeoutMs, or let a program that is to go on running detach from its output first',
    },
  );

const wasEnded = (command: readonly string[], hasEnded: boolean, output: string): HilError =>
  new HilError(
    'ABORTED',
    withOutput(
      `'${shown(command)}' was ended, since the board is switched off${hasEnded ? '' : ', but still runs'}`,
      output,
    ),
  );

function resultOf({ exitCode, signal, shortMessage, cause }: Awaited<Program>, output: string): RunResult {
  const ended =
    exitCode !== undefined
      ? `exit ${exitCode}`
      : signal
        ? `ended by ${signal}`
        : escapeText(shortMessage ?? '');
  return { exitCode, outcome: withOutput(ended, output), cause };
}

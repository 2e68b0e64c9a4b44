import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { compiledEnvironment } from '../../../.config/compiled.mjs';
import { jestCommand } from '../../../.config/jest-command.mjs';
import { suites } from '../../../.config/jest-suites.mjs';
import type { Entry } from '../../../reports/record/entry.ts';
import { signalGroup } from '../../../rigs/control/programs/process-group.ts';
import type { ProgramWatch } from '../../../rigs/control/programs/run-command.ts';
import { systemClock } from '../../base/clock.ts';
import { RUN_CONTEXT, type RunContext } from '../../jest/host/run-context.ts';
import type { ProgramReport } from '../../jest/session/report-programs.ts';
import { type JestChildEnd, waitForEnd } from './child-end.ts';
import { watchHeartbeat } from './heartbeat.ts';
import { killPrograms } from './kill-programs.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/**
 * After `stop` the child restores the module and puts the board at rest. Then SIGTERM, then SIGKILL. A CI runner allows
 * 7.5 s in all: 4 s of the child's are for restore and durability (`release.ts`), 1.5 s are left for the supervisor, which
 * puts the board at rest once more and writes the reports.
 */
const STOP_GRACE_MS = 5_500;
const TERM_GRACE_MS = 500;

/** The child's first lock descriptor: input, two outputs and the IPC channel come before. */
const FIRST_LOCK = 4;

/** A message of the child: an entry, that a program which drives the board has begun or ended, or a sign of life. */
interface ChildMessage {
  readonly entry?: Entry;
  readonly program?: ProgramReport;
}

/** How the Jest child ended and what it left. */
export interface JestChildRemains extends JestChildEnd {
  /** Process groups of its programs that could not be killed. */
  readonly running: readonly number[];
}

export interface JestChild {
  readonly pid: number;
  /** Resolves when the child has ended, its messages were read and its programs were killed. */
  readonly ended: Promise<JestChildRemains>;
  /** Asks the child to put the board at rest and end; kills it when it does not. Idempotent. */
  stop(reason: string): void;
  /** Ends it at once. */
  kill(): void;
}

export interface JestChildOptions {
  readonly context: Omit<RunContext, 'lockDescriptors'>;
  /** Names of the suite files to run. */
  readonly files: readonly string[];
  /** The file for Jest's own output, in case Jest itself fails. */
  readonly outputFile: string;
  /** The lock's descriptors, inherited so that the lock ends with the last process that touches the board. */
  readonly lockFds: readonly number[];
  readonly onEntry: (entry: Entry) => void;
  /** Is called once when the child has given no sign of life for so many minutes. */
  readonly onSilent: (minutes: number) => void;
  /** Is called for each program that the child starts or ends. */
  readonly programWatch: ProgramWatch;
}

/**
 * Starts Jest with the suites: plain node with explicit arguments, because a TypeScript loader in Jest's process breaks
 * it. The child has its own process group, so that Ctrl-C reaches only the supervisor.
 */
export function startJest({
  context,
  files,
  outputFile,
  lockFds,
  onEntry,
  onSilent,
  programWatch,
}: JestChildOptions): JestChild {
  const output = openSync(outputFile, 'a');
  const child = spawn(process.execPath, jestArguments(files), {
    cwd: root,
    detached: true,
    env: childEnvironment({ ...context, lockDescriptors: lockFds.map((_, index) => FIRST_LOCK + index) }),
    stdio: ['ignore', output, output, 'ipc', ...lockFds],
  });
  closeSync(output);
  const programs = new Set<number>();
  child.on('message', ({ entry, program }: ChildMessage) => {
    if (entry) onEntry(entry);
    if (program?.state === 'started') {
      programs.add(program.group);
      programWatch.started(program.group);
    }
    if (program?.state === 'ended') {
      programs.delete(program.group);
      programWatch.ended(program.group);
    }
  });
  watchHeartbeat(child, systemClock, onSilent);
  let stopped = false;
  return {
    pid: child.pid ?? 0,
    // A program has its own process group, so it still runs after the child's end.
    ended: waitForEnd(child, systemClock).then(async (end) => ({
      ...end,
      running: await killPrograms([...programs], systemClock),
    })),
    stop(reason) {
      if (stopped) return;
      stopped = true;
      endInTime(child, reason);
    },
    kill: () => void signalGroup(child.pid, 'SIGKILL'),
  };
}

const jestArguments = (files: readonly string[]): string[] => [
  ...jestCommand,
  `--config=${JSON.stringify({ ...suites, rootDir: root })}`,
  '--watchman=false',
  '--runInBand',
  '--ci',
  `--testSequencer=${path.join(root, 'harness/jest/order.mjs')}`,
  `--testRunner=${path.join(root, 'harness/jest/runner.mjs')}`,
  `--reporters=${path.join(root, 'harness/jest/load-failures.mjs')}`,
  '--passWithNoTests',
  '--runTestsByPath',
  ...files.map((file) => path.join(root, 'suites', file)),
];

function childEnvironment(context: RunContext): NodeJS.ProcessEnv {
  // NODE_OPTIONS may name a loader, and colours would get into the reasons of failures.
  const { NODE_OPTIONS: _options, FORCE_COLOR: _colour, ...env } = process.env;
  return {
    ...env,
    ...compiledEnvironment(),
    NO_COLOR: '1',
    // A replayed module is none that anything is kept of.
    ...(context.replay !== null && { BC26_HIL_STATE: path.join(tmpdir(), `bc26-hil-replay-${process.pid}`) }),
    [RUN_CONTEXT]: JSON.stringify(context),
  };
}

function endInTime(child: ChildProcess, reason: string): void {
  if (child.connected) child.send({ stop: reason }, () => undefined);
  const kill = (signal: NodeJS.Signals) => () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // The group has already ended.
    }
  };
  const timers = [
    setTimeout(kill('SIGTERM'), STOP_GRACE_MS),
    setTimeout(kill('SIGKILL'), STOP_GRACE_MS + TERM_GRACE_MS),
  ];
  child.once('exit', () => timers.forEach(clearTimeout));
}

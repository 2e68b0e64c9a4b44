import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';

import type { Entry } from '../../../reports/record/entry.ts';
import type { ProgramWatch } from '../../../rigs/control/programs/run-command.ts';
import { systemClock } from '../../base/clock.ts';
import { RUN_CONTEXT, type RunContext } from '../../jest/host/run-context.ts';
import type { ProgramSaid } from '../../jest/session/report-programs.ts';
import { endOf, type JestChildEnd } from './child-end.ts';
import { killPrograms } from './kill-programs.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** After `stop`: time to restore and put the board at rest (a CI runner gives 7.5 s in all), then SIGTERM, then SIGKILL. */
const STOP_GRACE_MS = 4_000;
const TERM_GRACE_MS = 1_000;

/** The child's descriptors: input, two outputs and the channel come before the lock's. */
const FIRST_LOCK = 4;

/** What the child says: an entry, or that a program which drives the board has begun or ended. */
interface Said {
  readonly entry?: Entry;
  readonly program?: ProgramSaid;
}

/** How the Jest child ended, and what it left. */
export interface JestChildRemains extends JestChildEnd {
  /** Process groups of programs that it had begun and that could not be killed. */
  readonly running: readonly number[];
}

export interface JestChild {
  readonly pid: number;
  /** Resolves when the child has ended, everything it said was heard, and the programs it had begun were killed. */
  readonly ended: Promise<JestChildRemains>;
  /** Asks the child to put the board at rest and end; ends it by force when it does not. Idempotent. */
  stop(reason: string): void;
}

export interface JestChildOptions {
  readonly context: Omit<RunContext, 'lockDescriptors'>;
  /** Jest's own output, for when something is wrong with Jest. */
  readonly outputFile: string;
  /** The lock's descriptors, inherited so that the lock ends with the last process that touches the board. */
  readonly lockFds: readonly number[];
  readonly onEntry: (entry: Entry) => void;
  /** Hears of the programs that the child runs. */
  readonly programs: ProgramWatch;
}

/**
 * Starts Jest over the suites: plain node with explicit arguments (a TypeScript loader in Jest's process
 * breaks it), in a process group of its own, so that Ctrl-C reaches us and not the child.
 */
export function startJest({
  context,
  outputFile,
  lockFds,
  onEntry,
  programs: watch,
}: JestChildOptions): JestChild {
  const output = openSync(outputFile, 'a');
  const child = spawn(process.execPath, jestArguments(), {
    cwd: root,
    detached: true,
    env: childEnvironment({ ...context, lockDescriptors: lockFds.map((_, index) => FIRST_LOCK + index) }),
    stdio: ['ignore', output, output, 'ipc', ...lockFds],
  });
  closeSync(output);
  const programs = new Set<number>();
  child.on('message', ({ entry, program }: Said) => {
    if (entry) onEntry(entry);
    if (program?.state === 'started') {
      programs.add(program.group);
      watch.started(program.group);
    }
    if (program?.state === 'ended') {
      programs.delete(program.group);
      watch.ended(program.group);
    }
  });
  let stopped = false;
  return {
    pid: child.pid ?? 0,
    // A program has a process group of its own, so that the child's end leaves it running.
    ended: endOf(child, systemClock).then(async (end) => ({
      ...end,
      running: await killPrograms([...programs], systemClock),
    })),
    stop(reason) {
      if (stopped) return;
      stopped = true;
      endInTime(child, reason);
    },
  };
}

const jestArguments = (): string[] => [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  path.join(root, 'node_modules/jest/bin/jest.js'),
  '--selectProjects=suites',
  '--runInBand',
  '--ci',
  `--testSequencer=${path.join(root, 'harness/jest/order.mjs')}`,
  `--reporters=${path.join(root, 'harness/jest/load-failures.mjs')}`,
];

function childEnvironment(context: RunContext): NodeJS.ProcessEnv {
  // The caller's NODE_OPTIONS may hold a loader, and colours would end up in reasons.
  const { NODE_OPTIONS: _options, FORCE_COLOR: _colour, ...env } = process.env;
  return { ...env, NO_COLOR: '1', [RUN_CONTEXT]: JSON.stringify(context) };
}

function endInTime(child: ChildProcess, reason: string): void {
  if (child.connected) child.send({ stop: reason }, () => undefined);
  const kill = (signal: NodeJS.Signals) => () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // The group has ended meanwhile: what we wanted.
    }
  };
  const timers = [
    setTimeout(kill('SIGTERM'), STOP_GRACE_MS),
    setTimeout(kill('SIGKILL'), STOP_GRACE_MS + TERM_GRACE_MS),
  ];
  child.once('exit', () => timers.forEach(clearTimeout));
}

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { RUN_CONTEXT } from '../jest/run-context.ts';
import type { RunContext } from '../jest/run-context.ts';
import type { Entry } from '../../reports/entry.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** After `stop`: time to restore and put the board at rest (a CI runner gives 7.5 s in all), then SIGTERM, then SIGKILL. */
const STOP_GRACE_MS = 4_000;
const TERM_GRACE_MS = 1_000;

export interface JestChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface JestChild {
  readonly pid: number;
  /** Resolves when the child has ended and everything it said was heard. */
  readonly ended: Promise<JestChildEnd>;
  /** Asks the child to put the board at rest and end; ends it by force when it does not. Idempotent. */
  stop(reason: string): void;
}

export interface JestChildOptions {
  readonly context: RunContext;
  /** Jest's own output, for when something is wrong with Jest. */
  readonly outputFile: string;
  /** The lock's descriptor, inherited so that the lock ends with the last process that touches the board. */
  readonly lockFd?: number;
  readonly onEntry: (entry: Entry) => void;
}

/**
 * Starts Jest over the suites: plain node with explicit arguments (a TypeScript loader in Jest's process
 * breaks it), in a process group of its own, so that Ctrl-C reaches us and not the child.
 */
export function startJest({ context, outputFile, lockFd, onEntry }: JestChildOptions): JestChild {
  const output = openSync(outputFile, 'a');
  const child = spawn(process.execPath, jestArguments(), {
    cwd: root,
    detached: true,
    env: childEnvironment(context),
    stdio: ['ignore', output, output, 'ipc', ...(lockFd === undefined ? [] : [lockFd])],
  });
  closeSync(output);
  child.on('message', (message: { entry?: Entry }) => {
    if (message.entry) onEntry(message.entry);
  });
  let stopped = false;
  return {
    pid: child.pid ?? 0,
    ended: endOf(child),
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

async function endOf(child: ChildProcess): Promise<JestChildEnd> {
  const disconnected = child.connected ? once(child, 'disconnect') : Promise.resolve();
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  await disconnected;
  return { code, signal };
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

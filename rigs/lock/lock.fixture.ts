import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { HilError } from '../../harness/base/error.ts';
import { parseRigFile } from '../file/load-rig-file.ts';
import type { RigFile } from '../file/rig-file.ts';
import { acquireLock, type Lock } from './lock.ts';
import type { StrayLimits } from './lock-strays.ts';

/** Another process that holds a lock, and the child that inherited it. */
interface OtherHolder {
  readonly process: ChildProcess;
  readonly child: number;
  /** Kills the holder alone, and waits for its end. */
  kill(): Promise<void>;
}

/** For tests: a folder with a device and a state folder of its own, and locks that end with it. */
export interface LockFolder {
  readonly dir: string;
  readonly device: string;
  /** Used instead of the process's environment. */
  environment: Record<string, string>;
  rigOn(serial: string, control?: string): RigFile;
  acquire(rig?: RigFile, waitMs?: number, limits?: StrayLimits): Promise<Lock>;
  /** The error of a lock that another process is expected to hold. */
  refusal(rig?: RigFile, waitMs?: number): Promise<HilError>;
  /**
   * Another process that takes the device's lock by the same code, starts a child that inherits it, and waits.
   * @param command of the child; any but `sleep` prints something once it is ready
   * @param then what is done with the child: by default it is recorded in the lock file
   * @param rig whose lock is taken instead of the device's
   */
  holder(command?: readonly string[], then?: string, rig?: RigFile): Promise<OtherHolder>;
  end(): Promise<void>;
}

/** A short wait for processes that do not end by themselves, long ones after a signal. */
export const strays: StrayLimits = { byItself: 50, asked: 10_000, killed: 10_000 };

export async function lockFolder(): Promise<LockFolder> {
  const dir = await mkdtemp(path.join(tmpdir(), 'lock-'));
  const device = path.join(dir, 'ttyUSB0');
  await writeFile(device, '');
  const ends: (() => void)[] = [];

  const made: LockFolder = {
    dir,
    device,
    environment: { BC26_HIL_STATE: path.join(dir, 'state') },
    rigOn: (serial, control = '{ driver: command, on: [a], off: [b] }') =>
      parseRigFile(
        path.join(dir, 'rig.yaml'),
        `name: bench\nserial: { path: ${serial} }\ncontrol: ${control}\n` +
          `module: { imei: '863703030822519', firmware: BC26 }\n`,
        {},
      ),
    async acquire(rig = made.rigOn(device), waitMs = 0, limits = strays) {
      const lock = await acquireLock(rig, { environment: made.environment, waitMs, strays: limits });
      ends.push(() => lock.release());
      return lock;
    },
    refusal: (rig, waitMs) =>
      made.acquire(rig, waitMs).then(
        () => {
          throw new Error('the lock was expected to be held');
        },
        (error: HilError) => error,
      ),
    async holder(command = ['sleep', '60'], then = 'lock.addHelper(child.pid)', rig = made.rigOn(device)) {
      const other = startHolder(rig, made.environment, command, then);
      const [said] = (await once(other.stdout!, 'data')) as [Buffer];
      const child = Number(String(said));
      ends.push(() => {
        other.kill('SIGKILL');
        try {
          process.kill(child, 'SIGKILL');
        } catch {
          // The test has ended it.
        }
      });
      return {
        process: other,
        child,
        async kill() {
          const gone = once(other, 'exit');
          other.kill('SIGKILL');
          await gone;
        },
      };
    },
    async end() {
      for (const end of ends.splice(0)) end();
      await rm(dir, { recursive: true });
    },
  };
  return made;
}

function startHolder(
  rig: RigFile,
  environment: Record<string, string>,
  command: readonly string[],
  then: string,
): ChildProcess {
  const script = `
    import { spawn } from 'node:child_process';
    import { once } from 'node:events';
    import { acquireLock } from './rigs/lock/lock.ts';
    const rig = ${JSON.stringify(rig)};
    const environment = ${JSON.stringify({ ...environment, CI_JOB_URL: 'https://ci.example/jobs/7' })};
    const lock = await acquireLock(rig, { environment });
    const [program, ...args] = ${JSON.stringify(command)};
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore', ...lock.descriptors] });
    ${then};
    if (program !== 'sleep') await once(child.stdout, 'data');
    console.log(child.pid);
    setInterval(() => {}, 1000);`;
  const { NODE_OPTIONS: _, ...env } = process.env;
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

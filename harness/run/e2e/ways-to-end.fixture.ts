import { rmSync } from 'node:fs';
import path from 'node:path';

import { execa, type ResultPromise } from 'execa';

import { until } from '../../base/until.fixture.ts';
import { commandLine, descendants } from './endings.fixture.ts';
import { mayMount, openSmallDisk } from './full-disk.fixture.ts';
import { bin, isAlive, root } from './qualify.fixture.ts';
import type { Scene } from './random-endings.fixture.ts';
import { plugIn } from './unplugged-adapter.fixture.ts';

const options = { cwd: root, reject: false, stdin: 'ignore', forceKillAfterDelay: false } as const;

/** How a run comes to its end from outside. Made for one scene. */
interface Ending {
  /** The rig file of the run, where it is not that of the run after it. */
  readonly rig?: string;
  /** Where the runs keep what they write. */
  readonly out: (name: string) => string;
  /** The path by which the test sees a file there. */
  readonly seen: (file: string) => string;
  /** Starts the program, on this board's state. */
  start(args: readonly string[]): ResultPromise;
  /** Ends the run, which is still going on. */
  end(run: ResultPromise): unknown;
  /** Before the next run: what a person would do, such as free the disk. */
  mend?(): unknown;
  close?(): Promise<void>;
}

/** A way to end a run, and how the started process may then end: exit codes and signals. */
export interface Way {
  readonly name: string;
  readonly ends: readonly (number | NodeJS.Signals)[];
  /** Whether the run itself has put the board at rest when its processes have ended. */
  readonly leavesRest: boolean;
  /** Whether it can also write that it has ended. */
  readonly leavesRecord: boolean;
  prepare(scene: Scene): Ending | Promise<Ending>;
}

const usual = ({ board }: Scene): Pick<Ending, 'out' | 'seen' | 'start'> => ({
  out: board.out,
  seen: (file) => file,
  start: (args) => execa(process.execPath, [bin, ...args], { ...options, env: board.env() }),
});

/** A process that gets the signal before it listens for any ends of it. */
const bySignal = (signal: NodeJS.Signals, exitCode: number): Way => ({
  name: signal,
  ends: [exitCode, signal],
  leavesRest: true,
  leavesRecord: true,
  prepare: (scene) => ({ ...usual(scene), end: (run) => run.kill(signal) }),
});

function killNow(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has just ended.
    }
  }
}

const killedChild: Way = {
  name: 'SIGKILL of the Jest child',
  ends: [3],
  leavesRest: true,
  leavesRecord: true,
  prepare: (scene) => ({
    ...usual(scene),
    async end({ pid }) {
      const found = (): number[] => descendants(pid!).filter((each) => commandLine(each).includes('jest.js'));
      killNow(await until(found, ({ length }) => length > 0 || !isAlive(pid!), 60_000));
    },
  }),
};

const killedAll: Way = {
  name: 'SIGKILL of all',
  ends: ['SIGKILL'],
  leavesRest: false,
  leavesRecord: false,
  prepare: (scene) => ({
    ...usual(scene),
    end: ({ pid }) => killNow([pid!, ...descendants(pid!)]),
  }),
};

const unplugged: Way = {
  name: 'unplugged serial adapter',
  ends: [3],
  leavesRest: true,
  leavesRecord: true,
  async prepare(scene) {
    const { board } = scene;
    const adapter = await plugIn(board.device, board.out('adapter'));
    return {
      ...usual(scene),
      rig: scene.rig('plugged', adapter.device),
      end: () => adapter.unplug(),
      // It would take bytes from the line of the next run.
      mend: () => adapter.unplug(),
      close: () => adapter.unplug(),
    };
  },
};

const closedTerminal: Way = {
  name: 'closed terminal',
  ends: ['SIGKILL'],
  leavesRest: true,
  leavesRecord: true,
  prepare(scene) {
    const { board } = scene;
    return {
      ...usual(scene),
      start(args) {
        const line = [process.execPath, bin, ...args].map((word) => `'${word}'`).join(' ');
        return execa('script', ['-qfc', line, '/dev/null'], { ...options, env: board.env() });
      },
      end: (run) => run.kill('SIGKILL'),
    };
  },
};

const fullDisk: Way = {
  name: 'full disk',
  // Before there is a run it is wrong usage; later it is the rig's.
  ends: [2, 3],
  leavesRest: true,
  leavesRecord: false,
  async prepare({ board }) {
    const dir = board.out('disk');
    const disk = await openSmallDisk(dir);
    const [command = '', ...words] = disk.startedBy;
    const env = { BC26_HIL_STATE: path.join(dir, 'state'), TMPDIR: dir };
    return {
      out: (name) => path.join(dir, name),
      seen: disk.seen,
      start: (args) => execa(command, [...words, process.execPath, bin, ...args], { ...options, env }),
      end: () => disk.fill(),
      mend: () => disk.free(),
      async close() {
        await disk.end();
        rmSync(dir, { recursive: true, force: true });
      },
    };
  },
};

/** All ways that the machine allows. */
export const ways: readonly Way[] = [
  bySignal('SIGINT', 130),
  bySignal('SIGTERM', 143),
  bySignal('SIGHUP', 143),
  killedChild,
  killedAll,
  unplugged,
  closedTerminal,
  ...(mayMount ? [fullDisk] : []),
];

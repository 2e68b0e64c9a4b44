import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { ResultPromise } from 'execa';

import { until } from '../../base/until.fixture.ts';
import type { Random } from '../../platform/coap/random.ts';
import { type ForeignBoard, startForeignBoard } from './foreign-board.fixture.ts';
import { isAlive } from './qualify.fixture.ts';

export type Items = Readonly<Record<string, string>>;

/** What a module can hold, a record each. The first is the rig file's credentials, which every module here holds. */
const records: readonly Items[] = [
  { dm_appkey: 'M100000089', dm_pwd: 'Hh5-ownBench-77', dm_interface: '0', dm_imei1: '863703030822519' },
  { dm_enable: '0' },
  { dm_access_ip_address: '203.0.113.5', dm_port: '5683', dm_update_period: '3600' },
  { dm_ex_swver: 'SW 7', dm_ex_swname: 'Customer' },
  { dm_ex_location: '48.1,11.5,GPS' },
];

/**
 * All but answer times: on a board that does not report its own, a late machine cannot be told from a late module.
 */
const nearlyAll = [
  ...['CFG-A*', 'CFG-E*', 'CFG-I*', 'CFG-K*', 'CFG-M*', 'CFG-P*', 'CFG-Q*', 'CFG-R*', 'CFG-S*'],
  ...['EX-E*', 'EX-L*', 'EX-N*', 'EX-R*', 'EX-S*', 'ERR-*'],
].join(',');

/** Runs that write in every kind of record, and how long their traces become at least, bytes. */
const victims = [
  { kind: 'saves', clauses: 'CFG-SAVE-*,EX-SAVE-*,CFG-ERASE-*,CFG-QUERY-*', traced: 214_000 },
  { kind: 'nearly all', clauses: nearlyAll, traced: 360_000 },
] as const;

/** The longest that processes take to end, and a board to come to rest, on a machine that is busy; ms. */
const LIMIT_MS = 60_000;

/** A run whose end is to come from outside, as it was drawn. */
export interface Drawn {
  readonly seed: number;
  /** What the module holds before. */
  readonly held: Items;
  readonly mayLoseCredentials: boolean;
  /** A module whose boot takes 6 s. */
  readonly slow: boolean;
  /** Of the clauses, for people. */
  readonly kind: string;
  readonly clauses: string;
  /** The run ends when its trace is so long, or so long after its start if that is 0; bytes, ms. */
  readonly afterBytes: number;
  readonly afterMs: number;
}

/** Draws a run. The same numbers draw the same. */
export function draw(seed: number, random: Random): Drawn {
  const [credentials, ...others] = records;
  const held = Object.assign({}, credentials, ...others.filter(() => random() < 0.7)) as Items;
  const mayLoseCredentials = random() < 0.5;
  const slow = random() < 0.25;
  const { kind, clauses, traced } = victims[Math.floor(random() * victims.length)]!;
  // Early, in the middle, or while the module is put back, which is the last tenth.
  const when = random();
  const part = when < 0.1 ? 0 : when < 0.7 ? random() : 0.9 + random() / 10;
  const afterBytes = Math.floor(part * traced);
  const afterMs = random() * (part === 0 ? 3_000 : 50);
  return { seed, held, mayLoseCredentials, slow, kind, clauses, afterBytes, afterMs };
}

/** A board on which a drawn run is ended, and its state as others see it. */
export interface Scene {
  readonly drawn: Drawn;
  readonly board: ForeignBoard;
  /** Writes the rig file; `serial` is another device than the module's own. */
  rig(name: string, device?: string): string;
  held(): Items;
  isAtRest(this: void): boolean;
  /** The processes that use the board. */
  processes(this: void): number[];
}

/** @throws what the emulated module could not do */
export const setScene = async (drawn: Drawn): Promise<Scene> =>
  sceneOf(drawn, await startForeignBoard(drawn.slow ? ['--set', 'bootMs=6000'] : [], drawn.held));

/** The scene on a board that is there already and holds what was drawn. */
export function sceneOf(drawn: Drawn, board: ForeignBoard): Scene {
  const module = { mayLoseCredentials: String(drawn.mayLoseCredentials), bootDeadlineMs: '60000' };
  return {
    drawn,
    board,
    rig: (name, device = board.device) => board.rig(name, { serial: `{ path: ${device} }` }, module),
    held: () => JSON.parse(readFileSync(path.join(board.moduleDir, 'nvram.json'), 'utf8')) as Items,
    isAtRest: () => readFileSync(path.join(board.moduleDir, 'powered'), 'latin1') === '0\n',
    processes: () => processesOf(board.out('')),
  };
}

/** The processes whose state of runs lies in `folder`. */
function processesOf(folder: string): number[] {
  const state = `BC26_HIL_STATE=${folder}`;
  return readdirSync('/proc')
    .filter((pid) => {
      try {
        return Number(pid) > 0 && readFileSync(`/proc/${pid}/environ`, 'latin1').includes(state);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Waits for the moment that was drawn, or until the run has ended by itself. */
export async function untilMoment(
  { afterBytes, afterMs }: Drawn,
  run: ResultPromise,
  trace: string,
): Promise<void> {
  const length = (): number => (existsSync(trace) ? statSync(trace).size : 0);
  const isOver = (): boolean => run.pid === undefined || !isAlive(run.pid);
  while (length() < afterBytes && !isOver()) await sleep(10);
  await sleep(afterMs);
}

/** Waits until nothing uses the board any longer. */
export const untilLeft = (scene: Scene): Promise<number[]> =>
  until(scene.processes, ({ length }) => length === 0, LIMIT_MS);

export const untilAtRest = (scene: Scene): Promise<boolean> => until(scene.isAtRest, Boolean, LIMIT_MS);

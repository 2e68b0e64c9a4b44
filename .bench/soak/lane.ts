import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { seededRandom } from '../../harness/platform/coap/seeded-random.ts';
import { type ForeignBoard, startForeignBoard } from '../../harness/run/e2e/foreign-board.fixture.ts';
import { draw, type Scene, sceneOf } from '../../harness/run/e2e/random-endings.fixture.ts';

/** An emulated module that lives as long as the soak, and with it the state folder of all runs on it. */
export interface Lane {
  readonly number: number;
  readonly board: ForeignBoard;
  readonly scene: Scene;
  /** Sends a line to the module's control file, as a person could. */
  control(line: string): void;
}

export async function openLane(number: number): Promise<Lane> {
  // The module holds what one draw gave it, in all rounds.
  const drawn = { ...draw(1, seededRandom(1)), slow: false, mayLoseCredentials: true };
  const board = await startForeignBoard([], drawn.held);
  return {
    number,
    board,
    scene: sceneOf(drawn, board),
    control: (line) => writeFileSync(path.join(board.moduleDir, 'control'), `${line}\n`),
  };
}

import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { jest } from '@jest/globals';

import { messageOf } from '../../base/error.ts';
import { seededRandom } from '../../platform/coap/seeded-random.ts';
import { runPaced } from '../prove/pool.ts';
import { isAlive } from './qualify.fixture.ts';
import {
  draw,
  type Drawn,
  type Scene,
  setScene,
  untilAtRest,
  untilLeft,
  untilMoment,
} from './random-endings.fixture.ts';
import { jobOf } from './runner.fixture.ts';
import { ways } from './ways-to-end.fixture.ts';

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);

/** Ends of runs, and cancellations by a runner. Round `n` draws from the seed plus `n`: alone, it can be repeated. */
const endings = number('BC26_HIL_ROUNDS', 20);
const cancels = number('BC26_HIL_CANCELS', 4);
const seed = number('BC26_HIL_SEED', Math.floor(Date.now() / 1_000) % 1_000_000_000);
/** How many go on at the same time: they wait for boots and answers more than they compute. */
const together = number('BC26_HIL_TOGETHER', 4);

jest.setTimeout(180_000 * (endings + cancels + 1));

const kept = (file: string): boolean => existsSync(path.join(file, 'originals', '863703030822519.json'));
const short = ['--profile', 'smoke', '--clause', 'CFG-TEST'];

/** What a test says of a process that has ended: its exit code, else the signal. */
const endOf = ({ exitCode, signal }: { exitCode?: number | undefined; signal?: string | undefined }) =>
  exitCode ?? signal;

/** Ends a run in one way, and expects the next to find and to leave all in order. @returns what happened */
async function endOnce(drawn: Drawn, scene: Scene): Promise<string> {
  const way = ways[drawn.seed % ways.length]!;
  const ending = await way.prepare(scene);
  try {
    const judged = ['--profile', 'smoke', '--clause', drawn.clauses, '--seed', `${drawn.seed}`];
    const rig = ending.rig ?? scene.rig('bench');
    const run = ending.start(['qualify', '--rig', rig, ...judged, '--out', ending.out('ended')]);
    const trace = ending.seen(path.join(ending.out('ended'), 'trace.jsonl'));
    await untilMoment(drawn, run, trace);
    const wasOver = !isAlive(run.pid!);
    if (!wasOver) await ending.end(run);
    const ended = await run;
    // In its last moments a run has ended by itself before the end from outside comes.
    expect([...way.ends, 0, 4]).toContain(endOf(ended));
    await untilLeft(scene);
    if (way.leavesRest || wasOver) {
      await untilAtRest(scene);
      const record = ending.seen(path.join(ending.out('ended'), 'run.json'));
      if (way.leavesRecord && existsSync(record))
        expect(readFileSync(record, 'utf8')).not.toContain('"state": "running"');
    }
    await ending.mend?.();
    const next = await ending.start([
      ...['qualify', '--rig', scene.rig('bench'), ...short],
      ...['--out', ending.out('next')],
    ]);
    expectAsFound(scene, next, ending.seen(ending.out('state')));
    return `${way.name}${wasOver ? ` (over at ${statSync(trace).size} bytes)` : ''}: ${endOf(ended)}`;
  } finally {
    await ending.close?.();
  }
}

/** Expects that a run to its end has left the module and the board as they were found first. */
function expectAsFound(
  scene: Scene,
  next: { exitCode?: number | undefined; stdout?: unknown; stderr?: unknown },
  state: string,
): void {
  const isSound = next.exitCode === 0;
  expect({ exitCode: next.exitCode, said: isSound ? '' : [next.stdout, next.stderr].join('\n') }).toEqual({
    exitCode: 0,
    said: '',
  });
  expect(scene.held()).toEqual(scene.drawn.held);
  expect({ kept: kept(state), isAtRest: scene.isAtRest(), processes: scene.processes() }).toEqual({
    kept: false,
    isAtRest: true,
    processes: [],
  });
}

/** Cancels the step of a job as a runner does; the job's last step and the next job have to find all in order. */
async function cancelOnce(drawn: Drawn, scene: Scene): Promise<string> {
  const { board } = scene;
  const module = { mayLoseCredentials: String(drawn.mayLoseCredentials), bootDeadlineMs: '60000' };
  const job = jobOf('github', board, 1, module);
  const step = job.step(
    'qualify',
    ['--clause', drawn.clauses].map((word) => `'${word}'`),
  );
  await untilMoment(drawn, step, path.join(job.run, 'trace.jsonl'));
  const killed = await job.cancel(step.pid!);
  const ended = await step;
  await untilLeft(scene);
  const state = board.out('state');
  // Where nothing is kept, nothing may be missing.
  if (!kept(state)) expect(scene.held()).toEqual(drawn.held);
  const wasKept = kept(state);
  const rest = await job.step('rest');
  expect({ exitCode: rest.exitCode, said: rest.stdout.split('\n').at(-1) }).toEqual({
    exitCode: 0,
    said: 'bench-1: at rest',
  });
  expect(scene.isAtRest()).toBe(true);
  const after = jobOf('github', board, 2, module);
  expectAsFound(scene, await after.step('qualify', ['--clause', 'CFG-TEST']), state);
  return `cancelled: ${endOf(ended)}${killed.length > 0 ? `, ${killed.length} killed` : ''}${wasKept ? ', kept' : ''}`;
}

/** Plays all rounds; a wrong one does not end the others, and its folder stays. */
async function play(rounds: number, once: (drawn: Drawn, scene: Scene) => Promise<string>): Promise<void> {
  const seeds = Array.from({ length: rounds }, (_, round) => seed + round);
  const wrong: string[] = [];
  await runPaced(seeds, { together, fits: true }, new AbortController().signal, async (each) => {
    const drawn = draw(each, seededRandom(each));
    const scene = await setScene(drawn);
    const { slow, kind, mayLoseCredentials, afterBytes, afterMs } = drawn;
    const what = `seed ${each}, ${slow ? 'slow boot, ' : ''}may ${mayLoseCredentials ? '' : 'not '}lose, ${kind}, ${afterBytes} bytes + ${Math.round(afterMs)} ms`;
    try {
      process.stdout.write(`  ${what}: ${await once(drawn, scene)}\n`);
      await scene.board.end();
    } catch (error) {
      wrong.push(`${what}, ${scene.board.out('')}: ${messageOf(error)}`);
      process.stdout.write(`  WRONG: ${wrong.at(-1)}\n`);
      await scene.board.end({ keep: true });
    }
  });
  expect(wrong).toEqual([]);
}

// A test with nothing to do would pass.
(endings > 0 ? test : test.skip)(
  `${endings} runs ended in any way at any moment, from seed ${seed} on: the next run gives the module back`,
  () => play(endings, endOnce),
);

(cancels > 0 ? test : test.skip)(
  `${cancels} steps cancelled by a runner at any moment, from seed ${seed} on: the last step and the next job give the module back`,
  () => play(cancels, cancelOnce),
);

import { cpSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';

import type { ResultPromise } from 'execa';

import { messageOf } from '../../harness/base/error.ts';
import type { Random } from '../../harness/platform/coap/random.ts';
import { seededRandom } from '../../harness/platform/coap/seeded-random.ts';
import { isAlive } from '../../harness/run/e2e/qualify.fixture.ts';
import { draw, untilLeft, untilMoment } from '../../harness/run/e2e/random-endings.fixture.ts';
import { ways } from '../../harness/run/e2e/ways-to-end.fixture.ts';
import { drawFault, type Fault } from './faults.ts';
import { giveBack, shown } from './given-back.ts';
import type { Round } from './journal.ts';
import { judge, lastOf } from './judge.ts';
import type { Lane } from './lane.ts';
import { leftovers, sizes } from './leftovers.ts';

/** What a round has shown, before what it left behind is looked at. */
interface Shown extends Pick<Round, 'what' | 'memoryMb'> {
  readonly isUndecided?: boolean;
  readonly wrong?: string;
  /** The firmware showed other values than the module held: no run can know what to give back. */
  readonly lied?: boolean;
}

const some = <T>(all: readonly T[], random: Random): T => all[Math.floor(random() * all.length)]!;

/** Pure configuration: no network, whose times a busy machine stretches. */
const clauses = [
  'CFG-SAVE-*,CFG-ERASE-*',
  'CFG-QUERY-*,CFG-TEST',
  'EX-SAVE-*,EX-ERASE-*',
  'CFG-PERSIST,EX-PERSIST',
];

/** A sound module passes. Where the machine was too busy to decide, 4 says so. */
async function sound(lane: Lane, out: string, seed: number, random: Random): Promise<Shown> {
  const chosen = some(clauses, random);
  const { exitCode, memoryMb, said } = await judge(lane, out, chosen, seed);
  const wrong =
    exitCode === 0 || exitCode === 4 ? {} : { wrong: `a sound module ended ${exitCode}: ${said}` };
  return { what: `sound, ${chosen}: ${exitCode}`, memoryMb, isUndecided: exitCode === 4, ...wrong };
}

/** A fault is caught by a clause that it breaks. What the run could not put back, the mended firmware is given. */
async function faulty(lane: Lane, out: string, seed: number, random: Random): Promise<Shown> {
  const { id, breaks } = await drawFault(random);
  const held = await shown(lane);
  const end = await judgeFault(lane, { id, breaks }, out, seed);
  const unrestored = await giveBack(lane);
  const wrong = [end.wrong, unrestored].filter((text) => text !== undefined).join('; ');
  return { ...end, lied: end.shows !== held, ...(wrong !== '' && { wrong }) };
}

async function judgeFault(
  lane: Lane,
  { id, breaks }: Fault,
  out: string,
  seed: number,
): Promise<Shown & { readonly shows: string }> {
  lane.control(`fault ${id}`);
  try {
    const shows = await shown(lane);
    const { exitCode, failed, flaky, memoryMb, said } = await judge(lane, out, breaks.join(','), seed);
    const isBroken = (clause: string): boolean => breaks.includes(clause);
    const caught = failed.some(isBroken) && exitCode === 1;
    // A fault that shows now and then need not show twice.
    const wrong =
      caught || (flaky.some(isBroken) && exitCode === 4)
        ? {}
        : { wrong: `${id} ended ${exitCode}, failed ${failed.join(', ') || 'nothing'}: ${said}` };
    return { what: `fault ${id}: ${exitCode}`, memoryMb, shows, ...wrong };
  } finally {
    lane.control(`heal ${id}`);
  }
}

/** A run is ended from outside; the next gives the module back. */
async function ended(lane: Lane, out: string, seed: number, random: Random): Promise<Shown> {
  const { scene } = lane;
  const drawn = { ...draw(seed, random), slow: false };
  const way = some(ways, random);
  const ending = await way.prepare(scene);
  try {
    const chosen = ['--profile', 'smoke', '--clause', drawn.clauses, '--seed', String(seed), '--no-latest'];
    const [first, after] = ['ended', 'after'].map((name) => ending.out(`${path.basename(out)}-${name}`)) as [
      string,
      string,
    ];
    const run = ending.start([
      'qualify',
      '--rig',
      ending.rig ?? scene.rig('bench'),
      ...chosen,
      '--out',
      first,
    ]);
    await untilMoment(drawn, run, ending.seen(path.join(first, 'trace.jsonl')));
    if (isAlive(run.pid!)) await ending.end(run);
    const { exitCode, signal } = await within(run);
    await untilLeft(scene);
    await ending.mend?.();
    // By the same state folder, which holds what the module held.
    const short = ['--profile', 'smoke', '--clause', 'CFG-TEST', '--no-latest'];
    const next = await within(
      ending.start(['qualify', '--rig', scene.rig('bench'), ...short, '--out', after]),
    );
    const wrong =
      next.exitCode === 0
        ? {}
        : { wrong: `the run after it ended ${next.exitCode}: ${lastOf(next.stdout, next.stderr)}` };
    for (const folder of [first, after]) {
      const seen = ending.seen(folder);
      if (wrong.wrong && existsSync(seen))
        cpSync(seen, path.join(out, path.basename(seen)), { recursive: true });
      rmSync(seen, { recursive: true, force: true });
    }
    return { what: `${way.name}: ${exitCode ?? signal}`, memoryMb: null, ...wrong };
  } finally {
    await ending.close?.();
  }
}

/** No run of the soak takes that long; what does, hangs. */
const LIMIT_MS = 30 * 60_000;

/** @throws once a run has had its time; it is ended */
async function within(run: ResultPromise): Promise<Awaited<ResultPromise>> {
  const late = setTimeout(() => run.kill('SIGKILL'), LIMIT_MS);
  const ended = await run;
  clearTimeout(late);
  return ended;
}

const kinds = [sound, faulty, ended];

/** A round that is to be played. */
interface Plan {
  readonly n: number;
  readonly seed: number;
  /** Where its runs go; what went wrong stays there. */
  readonly out: string;
}

/** Plays a round on a lane's board, and looks at what it left behind. */
export async function playRound(lane: Lane, { n, seed, out }: Plan): Promise<Round> {
  const random = seededRandom(seed);
  const held = lane.scene.held();
  const from = performance.now();
  const at = new Date().toISOString();
  const end: Shown = await some(kinds, random)(lane, out, seed, random).catch((error: unknown) => ({
    what: 'the round itself',
    memoryMb: null,
    wrong: messageOf(error),
  }));
  const wrong = [
    ...(end.wrong === undefined ? [] : [end.wrong]),
    ...(await leftovers(lane, end.lied ? undefined : held)),
  ];
  if (wrong.length === 0) rmSync(out, { recursive: true, force: true });
  else wrong.push(`what its runs wrote: ${out}`);
  const seconds = Math.round((performance.now() - from) / 100) / 10;
  return {
    ...{ n, lane: lane.number, at, seed, seconds, wrong },
    ...{ what: end.what, memoryMb: end.memoryMb, isUndecided: end.isUndecided ?? false },
    ...sizes(lane),
  };
}

// `npm run soak`: qualifications one after the other, and what has to hold after each. See ../README.md.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { messageOf } from '../../harness/base/error.ts';
import { root } from '../../harness/run/e2e/qualify.fixture.ts';
import { createJournal, type Round } from './journal.ts';
import { openLane } from './lane.ts';
import { playRound } from './round.ts';

const help = `Usage: npm run soak -- [options]

Runs qualifications of emulated modules for a long time: sound ones, faulty ones, and runs that are ended from
outside in any way at any moment. The modules and the state folder stay the same, so that what a run leaves behind
is seen. After each round: no process, no kept configuration, board at rest, module as it was, verdict as expected.

  --minutes N    how long (60)
  --together N   how many boards at once (2)
  --seed N       of what is drawn (the time)
  --out DIR      where rounds.jsonl and soak.html go (reports/soak)

Exit code 1 if something did not hold. SIGINT to this process alone (kill -INT PID) ends it after the rounds that go on;
Ctrl-C in its terminal reaches the modules, too, and ends these rounds as well.
`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    together: { type: 'string', default: '2' },
    seed: { type: 'string', default: String(Math.floor(Date.now() / 1000) % 1_000_000_000) },
    out: { type: 'string', default: path.join(root, 'reports', 'soak') },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<number> {
  const [minutes, together, seed] = [values.minutes, values.together, values.seed].map(Number) as [
    number,
    number,
    number,
  ];
  if (values.help || !(minutes > 0) || !(together >= 1) || !Number.isInteger(seed)) {
    (values.help ? process.stdout : process.stderr).write(help);
    return values.help ? 0 : 2;
  }
  mkdirSync(values.out, { recursive: true });
  const journal = createJournal(values.out);
  const until = performance.now() + minutes * 60_000;
  let stopped = false;
  process.once('SIGINT', () => (stopped = true));
  let rounds = 0;
  const play = async (number: number): Promise<void> => {
    const lane = await openLane(number);
    const own: Round[] = [];
    try {
      while (!stopped && performance.now() < until) {
        const n = ++rounds;
        own.push(await playRound(lane, { n, seed: seed + n, out: path.join(values.out, `run-${n}`) }));
        journal.add(own.at(-1)!);
      }
    } finally {
      await lane.board.end({ keep: own.some(({ wrong }) => wrong.length > 0) });
    }
  };
  process.stdout.write(`seed ${seed}, ${minutes} minutes, ${together} boards at once\n`);
  const ends = await Promise.allSettled(Array.from({ length: together }, (_, number) => play(number)));
  const broken = ends.flatMap((end) => (end.status === 'rejected' ? [messageOf(end.reason)] : []));
  for (const what of broken) process.stderr.write(`soak: a board could not go on: ${what}\n`);
  return journal.close() && broken.length === 0 ? 0 : 1;
}
process.exitCode = await main();

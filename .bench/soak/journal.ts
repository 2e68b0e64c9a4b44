import { appendFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import type { Sizes } from './leftovers.ts';
import { writePlots } from './plots.ts';
import { slopeOf } from './slope.ts';

/** What became of a round. */
export interface Round extends Sizes {
  readonly n: number;
  /** The board, counted from 0. */
  readonly lane: number;
  readonly at: string;
  /** Of what was drawn: `--seed` one less plays this round first. */
  readonly seed: number;
  readonly what: string;
  readonly seconds: number;
  /** Of the largest process of the qualification that ended by itself. */
  readonly memoryMb: number | null;
  /** What did not hold, one sentence each. */
  readonly wrong: readonly string[];
}

/** The figures that must not grow. */
export const watched = [
  'memoryMb',
  'stateKb',
  'stateFiles',
  'moduleDescriptors',
  'moduleMb',
  'ownDescriptors',
] as const;

export interface Journal {
  add(round: Round): void;
  /** Writes the plots, says how all figures grew. @returns whether all held */
  close(): boolean;
}

export function createJournal(dir: string): Journal {
  const file = path.join(dir, 'rounds.jsonl');
  rmSync(file, { force: true });
  const rounds: Round[] = [];
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  return {
    add(round) {
      rounds.push(round);
      appendFileSync(file, `${JSON.stringify(round)}\n`);
      say(
        `${round.n}  board ${round.lane}, seed ${round.seed}, ${round.what}, ${round.seconds} s, ${round.memoryMb ?? '?'} MB`,
      );
      round.wrong.forEach((what) => say(`  WRONG: ${what}`));
    },
    close() {
      const page = writePlots(
        dir,
        rounds.toSorted((a, b) => a.n - b.n),
      );
      const wrong = rounds.filter((round) => round.wrong.length > 0);
      say(`\n${rounds.length} rounds, ${wrong.length} of them wrong; ${file}, ${page}`);
      for (const name of watched) {
        const lanes = [...new Set(rounds.map(({ lane }) => lane))];
        for (const lane of lanes) {
          const figures = rounds
            .filter((round) => round.lane === lane)
            .map((round) => round[name])
            .filter((value) => value !== null);
          const slope = slopeOf(figures);
          if (slope)
            say(
              `  ${name}, board ${lane}: ${figures[0]} at first, ${figures.at(-1)} at last, ${slope.perRound.toFixed(3)} a round (95 %: ${slope.from.toFixed(3)} to ${slope.to.toFixed(3)})`,
            );
        }
      }
      return wrong.length === 0 && rounds.length > 0;
    },
  };
}

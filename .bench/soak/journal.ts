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
  /** The machine was too busy for a verdict. */
  readonly isUndecided: boolean;
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
      const wrong = rounds.filter((round) => round.wrong.length > 0).length;
      const undecided = rounds.filter((round) => round.isUndecided).length;
      say(`\n${rounds.length} rounds, ${wrong} of them wrong, ${undecided} undecided; ${file}, ${page}`);
      const lanes = [...new Set(rounds.map(({ lane }) => lane))];
      const growths = lanes.flatMap((lane) => growthsOf(rounds.filter((round) => round.lane === lane)));
      growths.forEach(({ text }) => say(`  ${text}`));
      const fine = wrong === 0 && undecided <= rounds.length / 5 && !growths.some(({ grows }) => grows);
      return fine && rounds.length > 0;
    },
  };
}

/** So many rounds have to be played before growth is judged: what is filled first is full by then. */
const enough = 30;

/** How each figure of one board has grown: `grows` where its whole interval lies above 1 % of the first a round. */
function growthsOf(rounds: readonly Round[]): { readonly text: string; readonly grows: boolean }[] {
  return watched.flatMap((name) => {
    const figures = rounds.map((round) => round[name]).filter((value) => value !== null);
    const slope = slopeOf(figures);
    if (!slope) return [];
    const [perRound, from, to] = [slope.perRound, slope.from, slope.to].map((value) => value.toFixed(3));
    const grows = figures.length >= enough && slope.from > Math.max(1, figures[0]!) / 100;
    const text = `${name}, board ${rounds[0]!.lane}: ${figures[0]} at first, ${figures.at(-1)} at last, ${perRound} a round (95 %: ${from} to ${to})`;
    return [{ text: grows ? `GROWS: ${text}` : text, grows }];
  });
}

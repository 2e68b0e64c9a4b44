import assert from 'node:assert/strict';

import type { Exchange } from '../../at/exchange.ts';
import { escapeBytes } from '../../base/escape.ts';
import { shownBy } from '../verdict/shown-by.ts';
import { notRun } from '../verdict/undecided.ts';

/** The shortest input known to show that a clause does not hold. */
export interface Replay {
  /** What is wrong, in words; device text in it is escaped. */
  readonly text: string;
  /** Commands that bring about the state it starts from. */
  readonly start: readonly string[];
  /** The commands that show it, in the order they were sent. */
  readonly commands: readonly string[];
  /** The exchanges whose answers show it, where those are known. */
  readonly exchanges?: readonly Exchange[];
}

/** How far a search came. */
export interface Tried {
  readonly made: number;
  readonly meant: number;
  /** Why no more were made; of no meaning where all were. */
  readonly why: string;
}

/** Collects what a property's runs found, clause by clause. */
export interface Findings {
  /** A clause was looked at and held. */
  held(clause: string): void;
  /** A clause was looked at and did not hold; the shortest replay is kept. */
  failed(clause: string, replay: Replay): void;
  /** How many inputs were tried in the end. */
  tried(tried: Tried): void;
  /** That in words: `9 of 9 inputs tried`, or why they were fewer. */
  readonly effort: string;
  /** Clauses that did not hold. */
  readonly failures: ReadonlySet<string>;
  /**
   * Gives the verdict on some clauses.
   * @throws an AssertionError whose message is the shortest input as AT lines; a not-run verdict when no run came
   *   to look at a clause
   */
  judge(clauses: readonly string[]): void;
}

/** Commands as they are shown, one a line; what cannot be typed is escaped. */
const shown = (commands: readonly string[]): string =>
  commands.map((command) => `  ${escapeBytes(Buffer.from(command, 'latin1'))}`).join('\n');

const size = ({ commands }: Replay): readonly [number, number] => [
  commands.length,
  commands.join('\r').length,
];

const shorter = (a: Replay, b: Replay): boolean => {
  const [[lines, bytes], [otherLines, otherBytes]] = [size(a), size(b)];
  return lines < otherLines || (lines === otherLines && bytes < otherBytes);
};

/** The text of a failed property. */
function replayText(clause: string, { text, start, commands }: Replay): string {
  const from = start.length === 0 ? '' : `starting from what these save:\n${shown(start)}\n`;
  return `${clause}: ${text}\n${from}the shortest commands found that show it:\n${shown(commands)}`;
}

export function collectFindings(): Findings {
  const held = new Set<string>();
  const replays = new Map<string, Replay>();
  let effort = 'no inputs tried';
  return {
    tried({ made, meant, why }) {
      effort = `${made} of ${meant} inputs tried${made < meant ? `, since ${why}` : ''}`;
    },
    get effort() {
      return effort;
    },
    held: (clause) => void held.add(clause),
    failed(clause, replay) {
      const known = replays.get(clause);
      if (!known || shorter(replay, known)) replays.set(clause, replay);
    },
    get failures() {
      return new Set(replays.keys());
    },
    judge(clauses) {
      const wrong = clauses.flatMap((clause) => {
        const replay = replays.get(clause);
        return replay ? [{ text: replayText(clause, replay), exchanges: replay.exchanges ?? [] }] : [];
      });
      if (wrong.length > 0) {
        shownBy(
          wrong.flatMap(({ exchanges }) => exchanges),
          () => assert.fail(wrong.map(({ text }) => text).join('\n')),
        );
      }
      const unseen = clauses.filter((clause) => !held.has(clause));
      if (unseen.length > 0) notRun(`no input came to judge the clause: ${effort}`);
    },
  };
}

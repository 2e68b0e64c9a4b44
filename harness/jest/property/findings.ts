import type { Exchange } from '../../at/exchange.ts';
import { escapeBytes } from '../../base/escape.ts';
import { disappoint, type Disappointment, sentenceOf } from '../verdict/expectation.ts';
import { shownBy } from '../verdict/shown-by.ts';
import { inconclusive, notRun } from '../verdict/undecided.ts';

/** The shortest input found that shows that a clause does not hold. */
export interface Replay {
  /** What was expected and what came; text of the device in it gets escaped. */
  readonly failure: Disappointment;
  /** Commands that bring the module to the state from which the input was sent. */
  readonly start: readonly string[];
  /** The commands that show it, in the order of sending. */
  readonly commands: readonly string[];
  /** The exchanges whose answers show it, if they are known. */
  readonly exchanges?: readonly Exchange[];
}

/** How many inputs a search tried. */
export interface Effort {
  readonly tried: number;
  readonly planned: number;
  /** Why not all were tried; meaningless if they were. */
  readonly why: string;
  /** How many inputs of those that are tried with any seed there was no time for. */
  readonly examplesLeft: number;
}

/** Collects what a property's runs found, clause by clause. */
export interface Findings {
  /** An input showed that a clause held. */
  addPass(clause: string): void;
  /** An input showed that a clause did not hold; the shortest replay is kept. */
  addFailure(clause: string, replay: Replay): void;
  setEffort(effort: Effort): void;
  /** The effort as text: `9 of 9 inputs tried`, or with the reason why they were fewer. */
  readonly effort: string;
  /** The clauses that did not hold. */
  readonly failures: ReadonlySet<string>;
  /**
   * Gives the verdict on some clauses.
   * @throws a failed expectation with the shortest input as AT lines; a not-run verdict when no input judged one of the
   *   clauses, an inconclusive one when there was no time for all that are tried with any seed
   */
  judge(clauses: readonly string[]): void;
}

/** Commands as text, one on each line, with unprintable characters escaped. */
const linesOf = (commands: readonly string[]): string =>
  commands.map((command) => `  ${escapeBytes(Buffer.from(command, 'latin1'))}`).join('\n');

const size = ({ commands }: Replay): readonly [number, number] => [
  commands.length,
  commands.join('\r').length,
];

const isShorter = (a: Replay, b: Replay): boolean => {
  const [[lines, bytes], [otherLines, otherBytes]] = [size(a), size(b)];
  return lines < otherLines || (lines === otherLines && bytes < otherBytes);
};

/** The commands that show a failed property. */
function replayLines({ start, commands }: Replay): readonly string[] {
  const from = start.length === 0 ? [] : ['starting from what these save:', linesOf(start)];
  return [...from, 'the shortest commands found that show it:', linesOf(commands)];
}

/** Ends a test by what was found, the first clause's finding in front. */
function disappointByAll(found: readonly (readonly [clause: string, replay: Replay])[]): void {
  const [first, ...others] = found;
  if (!first) return;
  const [clause, replay] = first;
  const more = [
    ...replayLines(replay),
    ...others.flatMap(([id, other]) => [`${id}: ${sentenceOf(other.failure)}`, ...replayLines(other)]),
  ];
  disappoint({ ...replay.failure, what: `${clause}: ${replay.failure.what}`, more });
}

export function collectFindings(): Findings {
  const passed = new Set<string>();
  const replays = new Map<string, Replay>();
  let effort = 'no inputs tried';
  let examplesLeft = 0;
  return {
    setEffort({ tried, planned, why, examplesLeft: left }) {
      examplesLeft = left;
      effort = `${tried} of ${planned} inputs tried${tried < planned ? `, since ${why}` : ''}`;
    },
    get effort() {
      return effort;
    },
    addPass: (clause) => void passed.add(clause),
    addFailure(clause, replay) {
      const shortest = replays.get(clause);
      if (!shortest || isShorter(replay, shortest)) replays.set(clause, replay);
    },
    get failures() {
      return new Set(replays.keys());
    },
    judge(clauses) {
      const wrong = clauses.flatMap((clause) => {
        const replay = replays.get(clause);
        return replay ? [[clause, replay] as const] : [];
      });
      if (wrong.length > 0) {
        shownBy(
          wrong.flatMap(([, { exchanges = [] }]) => exchanges),
          () => disappointByAll(wrong),
        );
      }
      const unjudged = clauses.filter((clause) => !passed.has(clause));
      // A slow machine must not turn a clause that was half tried into one that held. Where the module accepted so much that
      // the writes were spent, or failed so often that the search ended, another try would leave out the same.
      if (examplesLeft > 0)
        inconclusive(`${examplesLeft} inputs that every run is to try were left: ${effort}`);
      if (unjudged.length > 0) notRun(`no input judged the clause: ${effort}`);
    },
  };
}

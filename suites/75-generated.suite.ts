import {
  type Dialogue,
  type Exchange,
  fc,
  type Judge,
  property,
  sameConfiguration,
  savedRecords,
  type Snapshot,
  takeSnapshot,
} from '../harness/jest/suite.ts';
import { continuedPlan } from './exploration/continued-plan.ts';
import { type GeneratedLine, generatedLine } from './exploration/generated-lines.ts';
import { confirmedState } from './exploration/known-state.ts';
import { linesWithError } from './refusals/error-alone.ts';
import { hasErrorForm } from './refusals/error-form.ts';
import { describeChange, isolationClauses, type SideEffect, sideEffects } from './refusals/side-effects.ts';

/** The lines of one run. The configuration is not read after each, because a snapshot takes ten queries. */
const LINES = 10;

const efforts = {
  nightly: {
    runs: 7,
    exploring: 14,
    starting: 25,
    shortening: 15,
    withinMs: 120_000,
    shorteningMs: 15_000,
  },
  release: {
    runs: 120,
    exploring: 140,
    starting: 140,
    shortening: 40,
    withinMs: 400_000,
    shorteningMs: 40_000,
  },
};

/** Judges the form of one answer. */
async function judgeAnswer(exchange: Exchange, dialogue: Dialogue, judge: Judge): Promise<void> {
  const { final } = exchange;
  if (final.kind === 'OK') return;
  judge('ERR-FORM', hasErrorForm(exchange), () => ({
    what: 'the error to the last command',
    expected: 'ERROR or +CME ERROR: <err>',
    got: final.text,
  }));
  const lines = await linesWithError(exchange, () => dialogue.aside.at(exchange.command));
  judge(
    'ERR-ALONE',
    lines.length === 0,
    () => ({ what: 'lines with the error to the last command', expected: 'none', got: lines.join(' / ') }),
    [exchange],
  );
}

type Change = ReturnType<typeof sameConfiguration>[number];

const queriesOf = (changes: readonly Change[]): readonly string[] =>
  changes.map(({ record }) => savedRecords.find(({ name }) => name === record)?.query ?? 'AT+QDMPCFG?');

/** Judges that refused commands changed nothing. */
function judgeUnchanged(changes: readonly Change[], judge: Judge): void {
  const failure = () => ({
    what: 'changes by refused commands',
    expected: 'none',
    got: changes.map(describeChange).join('; '),
  });
  judge('ERR-ATOMIC', changes.length === 0, failure, queriesOf(changes));
}

/**
 * Judges that an accepted line changed only the records it names. If commands were refused since the last snapshot, the
 * changes may be theirs, so they are judged too.
 */
function judgeSideEffects(line: string, refused: number, changes: readonly SideEffect[], judge: Judge): void {
  for (const id of isolationClauses) {
    const own = changes.filter(({ clause }) => clause === id);
    const failure = () => ({
      what: `changes in records that ${line} does not name`,
      expected: 'none',
      got: own.map(describeChange).join('; '),
    });
    judge(id, own.length === 0, failure, queriesOf(own));
  }
  if (refused > 0) judgeUnchanged(changes, judge);
}

/**
 * Sends the lines and judges the answers. Reads the configuration before each valid write, after each accepted line, and
 * at the end.
 * @returns the configuration afterwards
 */
async function sendAll(
  lines: readonly GeneratedLine[],
  before: Snapshot,
  dialogue: Dialogue,
  judge: Judge,
): Promise<Snapshot> {
  let known = before;
  let refused = 0;
  /** Judges the refused lines so far, so that the next line is not blamed for their changes. */
  const judgeRefused = async (): Promise<void> => {
    if (refused === 0) return;
    const now = await takeSnapshot(dialogue.aside);
    judgeUnchanged(sameConfiguration(known, now), judge);
    known = now;
    refused = 0;
  };
  for (const { text, kind } of lines) {
    if (kind === 'write' && dialogue.left.writes <= 0) continue;
    if (kind === 'write') await judgeRefused();
    const answer = await dialogue.at(text);
    await judgeAnswer(answer, dialogue, judge);
    if (answer.final.kind !== 'OK') refused++;
    else if (kind !== 'ask') {
      const now = await takeSnapshot(dialogue.aside);
      judgeSideEffects(text, refused, sideEffects(text, known, now), judge);
      known = now;
      refused = 0;
    }
  }
  const { final } = await dialogue.at('AT');
  judge('ERR-ALIVE', final.kind === 'OK', () => ({
    what: 'the answer to AT',
    expected: 'OK',
    got: final.text,
  }));
  await judgeRefused();
  return known;
}

const generated = property({ name: 'generated', deadlineMs: 480_000 }, ({ run }) =>
  continuedPlan(
    { inputs: fc.array(generatedLine, { minLength: 1, maxLength: LINES, size: 'max' }) },
    efforts[run.profile === 'release' ? 'release' : 'nightly'],
    async (lines, from, dialogue, judge) =>
      confirmedState(from.contents, await sendAll(lines, from.shown, dialogue, judge)),
  ),
);

generated.clause('ERR-ALIVE', 'AT is answered after whatever was generated');
generated.clause('ERR-ATOMIC', 'generated commands that are refused change nothing');
generated.clause(
  isolationClauses,
  'generated commands that are accepted change no record but those they name',
);
generated.clause('ERR-ALONE', 'no line comes with the errors that generated commands are answered with');
generated.clause('ERR-FORM', 'the errors that generated commands are answered with have the stated form');
generated.clause('AT-ONE-FINAL', 'every generated command has one final result');

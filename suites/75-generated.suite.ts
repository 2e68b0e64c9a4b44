import {
  accompanying,
  type Exchange,
  fc,
  type Judge,
  property,
  sameConfiguration,
  savedRecords,
  type Snapshot,
  takeSnapshot,
  type Talk,
} from '../harness/jest/suite.ts';
import { continuedPlan } from './exploration/continued-plan.ts';
import { type GeneratedLine, generatedLine } from './exploration/generated-lines.ts';
import { confirmedState } from './exploration/known-state.ts';
import { hasErrorForm } from './refusals/error-form.ts';
import { describeChange, isolationClauses, type SideEffect, sideEffects } from './refusals/side-effects.ts';

/** How many lines one run sends before it looks at the configuration: ten questions, so not after each. */
const LINES = 10;

const efforts = {
  nightly: { runs: 7, exploring: 20, arriving: 25, shortening: 15, withinMs: 40_000 },
  release: { runs: 120, exploring: 140, arriving: 140, shortening: 40, withinMs: 120_000 },
};

/** Judges one answer by itself. */
function judgeAnswer(exchange: Exchange, judge: Judge): void {
  const { final } = exchange;
  if (final.kind === 'OK') return;
  judge('ERR-FORM', hasErrorForm(exchange), () => `the last command was answered ${final.text}`);
  judge('ERR-ALONE', accompanying(exchange).length === 0, () => 'a line came with the error', [exchange]);
}

type Change = ReturnType<typeof sameConfiguration>[number];

const questions = (changes: readonly Change[]): readonly string[] =>
  changes.map(({ record }) => savedRecords.find(({ name }) => name === record)?.query ?? 'AT+QDMPCFG?');

/** Judges that refused commands have changed nothing. */
function judgeUnchanged(changes: readonly Change[], judge: Judge): void {
  const text = () => changes.map(describeChange).join('; ');
  judge('ERR-ATOMIC', changes.length === 0, text, questions(changes));
}

/**
 * Judges that a line which was accepted changed no record but the ones it names. Where commands were refused since
 * all was read, nobody can say which of them did it: then it is theirs, too.
 */
function judgeBeside(line: string, refused: number, changes: readonly SideEffect[], judge: Judge): void {
  for (const id of isolationClauses) {
    const own = changes.filter(({ clause }) => clause === id);
    const text = () => `${line} was accepted, and ${own.map(describeChange).join('; ')}`;
    judge(id, own.length === 0, text, questions(own));
  }
  if (refused > 0) judgeUnchanged(changes, judge);
}

/**
 * Sends the lines, judges the answers, and looks at the configuration before each valid write, after each line that
 * was accepted, and in the end.
 * @returns the configuration afterwards
 */
async function sendAll(
  lines: readonly GeneratedLine[],
  before: Snapshot,
  talk: Talk,
  judge: Judge,
): Promise<Snapshot> {
  let known = before;
  let refused = 0;
  /** What was refused so far is judged, so that it is not taken for what the next line changes. */
  const settle = async (): Promise<void> => {
    if (refused === 0) return;
    const now = await takeSnapshot(talk.aside);
    judgeUnchanged(sameConfiguration(known, now), judge);
    known = now;
    refused = 0;
  };
  for (const { text, kind } of lines) {
    if (kind === 'write' && talk.left.writes <= 0) continue;
    if (kind === 'write') await settle();
    const answer = await talk.at(text);
    judgeAnswer(answer, judge);
    if (answer.final.kind !== 'OK') refused++;
    else if (kind !== 'ask') {
      const now = await takeSnapshot(talk.aside);
      judgeBeside(text, refused, sideEffects(text, known, now), judge);
      known = now;
      refused = 0;
    }
  }
  const { final } = await talk.at('AT');
  judge('ERR-ALIVE', final.kind === 'OK', () => `AT was answered ${final.text}`);
  await settle();
  return known;
}

const generated = property({ name: 'generated', deadlineMs: 180_000 }, ({ run }) =>
  continuedPlan(
    { inputs: fc.array(generatedLine, { minLength: 1, maxLength: LINES, size: 'max' }) },
    efforts[run.profile === 'release' ? 'release' : 'nightly'],
    async (lines, from, talk, judge) =>
      confirmedState(from.contents, await sendAll(lines, from.shown, talk, judge)),
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

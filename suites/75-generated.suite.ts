import { fc, property, sameConfiguration, savedRecords, takeSnapshot } from '../harness/jest/suite.ts';
import type { Exchange, Judge, Snapshot, Talk } from '../harness/jest/suite.ts';
import { carrying } from './carrying.ts';
import { hasErrorForm } from './error-form.ts';
import { generatedLine } from './generated-lines.ts';
import type { GeneratedLine } from './generated-lines.ts';
import { believed } from './known.ts';

/** How many lines one run sends before it looks at the configuration: ten questions, so not after each. */
const LINES = 10;

const efforts = {
  nightly: { runs: 9, exploring: 10, total: 14, withinMs: 40_000 },
  release: { runs: 120, exploring: 100, total: 130, withinMs: 120_000 },
};

/** Judges one answer by itself. */
function judgeAnswer(exchange: Exchange, judge: Judge): void {
  const { final, information } = exchange;
  if (final.kind === 'OK') return;
  judge('ERR-FORM', hasErrorForm(exchange), () => `the last command was answered ${final.text}`);
  judge('ERR-ALONE', information.length === 0, () => 'a line came with the error');
}

/** Judges that refused commands have changed nothing. */
function judgeUnchanged(before: Snapshot, after: Snapshot, judge: Judge): void {
  const changes = sameConfiguration(before, after);
  const text = () =>
    changes.map(({ record, before, after }) => `${record} read "${before}", and now "${after}"`).join('; ');
  const asked = changes.map(
    (change) => savedRecords.find(({ name }) => name === change.record)?.query ?? 'AT+QDMPCFG?',
  );
  judge('ERR-ATOMIC', changes.length === 0, text, asked);
}

/**
 * Sends the lines, judges the answers, and looks at the configuration after refused ones. What an accepted one
 * changed is no matter here: it is read again.
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
  for (const { text, kind } of lines) {
    if (kind === 'write' && talk.left.writes <= 0) continue;
    const answer = await talk.at(text);
    judgeAnswer(answer, judge);
    if (answer.final.kind !== 'OK') refused++;
    else if (kind !== 'ask') {
      known = await takeSnapshot(talk.aside);
      refused = 0;
    }
  }
  const { final } = await talk.at('AT');
  judge('ERR-ALIVE', final.kind === 'OK', () => `AT was answered ${final.text}`);
  if (refused === 0) return known;
  const after = await takeSnapshot(talk.aside);
  judgeUnchanged(known, after, judge);
  return after;
}

const generated = property({ deadlineMs: 180_000 }, ({ run }) =>
  carrying(
    fc.array(generatedLine, { minLength: 1, maxLength: LINES, size: 'max' }),
    efforts[run.profile === 'release' ? 'release' : 'nightly'],
    async (lines, from, talk, judge) =>
      believed(from.contents, await sendAll(lines, from.shown, talk, judge)),
  ),
);

generated.clause('ERR-ALIVE', 'AT is answered after whatever was generated');
generated.clause('ERR-ATOMIC', 'generated commands that are refused change nothing');
generated.clause('ERR-ALONE', 'no line comes with the errors that generated commands are answered with');
generated.clause('ERR-FORM', 'the errors that generated commands are answered with have the stated form');
generated.clause('AT-ONE-FINAL', 'every generated command has one final result');

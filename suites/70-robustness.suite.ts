import {
  arrangement,
  checkSurvival,
  clause,
  type Exchange,
  expect,
  expectNone,
  expectThat,
  type Fixtures,
  sameConfiguration,
  type Transcript,
} from '../harness/jest/suite.ts';
import { expectAnsweredOk } from './records/expect-answers.ts';
import { groupDeadlineMs } from './refusals/refusals.ts';
import { describeChange, isolationClauses, type SideEffect, sideEffects } from './refusals/side-effects.ts';
import type { NamedInput } from './values/raw-inputs.ts';
import * as inputs from './values/raw-inputs.ts';

/** What a group of inputs did to the module. */
interface Survived {
  /** Inputs after which AT was not answered OK, with what happened. */
  readonly unanswered: readonly string[];
  /** Inputs with a wrong number of answers. */
  readonly miscounted: readonly string[];
  /** Changes by inputs that were refused. */
  readonly changes: readonly string[];
  /** Changes by accepted inputs in records that they do not name. */
  readonly beside: readonly { readonly clause: SideEffect['clause']; readonly text: string }[];
}

async function sendAll({ module, run }: Fixtures, chapter: readonly NamedInput[]): Promise<Survived> {
  let before = await module.snapshot();
  const unanswered: string[] = [];
  const miscounted: string[] = [];
  const changes: string[] = [];
  const beside: Survived['beside'][number][] = [];
  let refused: string[] = [];
  for (const input of chapter) {
    const found = await checkSurvival({ module, run }, input);
    if (found.dead !== undefined) unanswered.push(`${input.name}: ${found.dead}`);
    miscounted.push(...found.miscounted.map((text) => `${input.name}: ${text}`));
    if (!found.accepted) {
      refused.push(input.name);
      continue;
    }
    // Other clauses judge whether it may be accepted. If it is, it may change the records it names.
    const after = await module.snapshot();
    const others = sideEffects(input.bytes, before, after);
    beside.push(
      ...others.map((change) => ({
        clause: change.clause,
        text: `${input.name} was accepted: ${describeChange(change)}`,
      })),
    );
    // The change may also come from an input that was refused since the last snapshot.
    if (refused.length > 0)
      changes.push(
        ...others.map((change) => `${[...refused, input.name].join(', ')}: ${describeChange(change)}`),
      );
    before = after;
    refused = [];
  }
  const last = sameConfiguration(before, await module.snapshot());
  return { unanswered, miscounted, beside, changes: [...changes, ...last.map(describeChange)] };
}

const chapters = [
  ['malformed commands', inputs.malformed, 'smoke'],
  ['commands of up to 1,040 bytes', inputs.overLong, 'nightly'],
  ['quotes that do not close', inputs.unclosedQuotes, 'nightly'],
  ['every byte inside a string', inputs.everyByte, 'nightly'],
  ['lower case and blanks', inputs.caseAndBlanks, 'nightly'],
  ['lines that a lone CR ends', inputs.leftOpen, 'nightly'],
] as const;

for (const [name, chapter, profile] of chapters) {
  // A long deadline, because an input that is never answered costs the whole wait for an answer.
  const sent = arrangement({ profile, deadlineMs: groupDeadlineMs }, (all) => sendAll(all, chapter));

  sent.clause('ERR-ALIVE', `AT is answered after ${name}`, ({ arranged }) => {
    expectNone(`AT after ${name}`, arranged.unanswered, 'OK');
    return Promise.resolve();
  });

  sent.clause('AT-ONE-FINAL', `each command line among ${name} has one final result`, ({ arranged }) => {
    expectNone(`final results of ${name}`, arranged.miscounted, 'one to each command line');
    return Promise.resolve();
  });

  sent.clause('ERR-ATOMIC', `what is refused of ${name} changes nothing`, ({ arranged }) => {
    expectNone(`changes by what is refused of ${name}`, arranged.changes);
    return Promise.resolve();
  });

  for (const id of isolationClauses) {
    sent.clause(
      id,
      `what is accepted of ${name} changes no record but those it names: ${id}`,
      ({ arranged }) => {
        // Changes by a line that is not a save or an erase break each of these clauses.
        const own = arranged.beside.filter(({ clause: breaks }) => breaks === id || breaks === undefined);
        expectNone(
          `changes in records that ${name} do not name`,
          own.map(({ text }) => text),
        );
        return Promise.resolve();
      },
    );
  }
}

const until = { quietMs: 20, deadlineMs: 1_000 };
const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** The answer lines as letters: i for an information line, f for a final result. */
const shapeOf = ({ lines }: Transcript): string =>
  lines
    .map(({ data }) =>
      data.startsWith('+QDMPCFG') ? 'i' : /^(OK|ERROR|\+CM[ES] ERROR)/.test(data) ? 'f' : '',
    )
    .join('');

/** One answer or two: it is not documented whether a module hears a command while it carries out another. */
const wholeAnswers = /^(i+f|f)(i+f|f)?$/;

function expectWhole(...heard: readonly Transcript[]): void {
  const lines = heard.flatMap((each) => each.lines.map(({ data }) => data)).filter((line) => line !== '');
  expectThat('the answers to two commands at once', {
    holds: wholeAnswers.test(heard.map(shapeOf).join('')),
    expected: 'one whole answer or two',
    got: lines.join(' / '),
  });
}

clause(
  ['AT-ONE-FINAL', 'ERR-ALIVE'],
  'of two commands sent back to back each has at most one whole answer',
  async ({ module, observe }) => {
    const heard = await module.transmit(bytes('AT+QDMPCFG=4,0\rAT+QDMPCFG=4,1\r'), { finals: 2, ...until });
    expectWhole(heard);
    observe('AT-ONE-FINAL.back-to-back', `${heard.finals} of 2 answered`);
    expectAnsweredOk(await module.at('AT'));
  },
);

clause(
  ['AT-ONE-FINAL', 'ERR-ALIVE'],
  'a command sent while the last is unanswered leaves its answer whole',
  async ({ module, observe }) => {
    const early = await module.transmit(bytes('AT+QDMPCFG?\r'), { finals: 0, quietMs: 1, deadlineMs: 100 });
    const late = await module.transmit(bytes('AT+QDMPCFGEX=3,1\r'), { finals: 2 - early.finals, ...until });
    expectWhole(early, late);
    observe('AT-ONE-FINAL.while-unanswered', `${early.finals + late.finals} of 2 answered`);
    expectAnsweredOk(await module.at('AT'));
  },
);

clause(
  'AT-ONE-FINAL',
  'a command that ends in CR LF is answered as one that ends in CR',
  async ({ module }) => {
    for (const command of ['AT+QDMPCFG=4,1', 'AT+QDMPCFGEX=3,1', 'AT+QDMPCFG=1,192.0.2.9,5683,299']) {
      const usual = await module.at(command);
      const other = await module.at(command, { terminator: '\r\n' });
      const answerOf = ({ information, final }: Exchange): string => [...information, final.kind].join(' / ');
      expect(answerOf(other), `the answer to ${command} ended by CR LF`).toEqual(answerOf(usual));
    }
  },
);

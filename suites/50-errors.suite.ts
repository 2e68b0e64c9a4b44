import {
  arrangement,
  clause,
  type Exchange,
  exchangeInBrief,
  expectNone,
  inconclusive,
  printedMeaning,
  sourceOfCode,
} from '../harness/jest/suite.ts';
import { hasErrorForm, isCms } from './refusals/error-form.ts';
import { type ErrorAnswer, type ErrorMode, errorsInMode, tryCauses } from './refusals/errors-seen.ts';
import { expectNoneChanged, groupDeadlineMs } from './refusals/refusals.ts';
import { brokenStrings, causesOfEachKind, errorCauses } from './values/error-causes.ts';

const modes: readonly ErrorMode[] = [0, 1, 2];

/** The answers that are not good, in bytes. */
const disappointing = (
  answers: readonly ErrorAnswer[],
  isGood: (exchange: Exchange) => boolean,
): readonly string[] =>
  answers
    .filter(({ exchange }) => !isGood(exchange))
    .map(({ cause, exchange }) => `${cause}: ${exchangeInBrief(exchange)}`);

/** Expects that all errors have one of the stated forms. */
function expectErrorForms(errors: readonly ErrorAnswer[]): void {
  // It is only inferred that these inputs are errors: a module may accept them all.
  if (errors.length === 0) inconclusive('the module answered OK to every input that should be an error');
  expectNone('errors of another form', disappointing(errors, hasErrorForm), 'ERROR or +CME ERROR: <err>');
}

const oftenTried = errorCauses.filter(({ name }) => /mode outside|mac too long|type unknown/.test(name));

clause(
  'ERR-FORM',
  'an error is ERROR or +CME ERROR, in every error mode',
  async ({ module }) => {
    const errors: ErrorAnswer[] = [];
    for (const mode of modes) errors.push(...(await errorsInMode(module, mode, oftenTried)));
    expectErrorForms(errors);
  },
  { profile: 'smoke' },
);

/**
 * Every cause at AT+CMEE=1. In the other modes, which the harness does not use, a nightly run tries one of each kind; what
 * was accepted shows no error in any mode, and would only wear the NVRAM.
 */
const everyCause = arrangement({ deadlineMs: groupDeadlineMs }, async ({ module, run }) => {
  const tried = await tryCauses(module, errorCauses);
  const refused = new Set(tried.errors.map(({ cause }) => cause));
  const causes = run.profile === 'release' ? errorCauses : causesOfEachKind;
  const rare = causes.filter(({ name }) => refused.has(name));
  return {
    ...tried,
    0: await errorsInMode(module, 0, rare),
    1: tried.errors,
    2: await errorsInMode(module, 2, rare),
  };
});

everyCause.clause(
  'ERR-FORM',
  'whatever causes it, an error has one of these forms',
  ({ arranged, observe }) => {
    const errors = modes.flatMap((mode) => arranged[mode]);
    observe('ERR-FORM.cms', `${errors.filter(({ exchange }) => isCms(exchange)).length} of ${errors.length}`);
    expectErrorForms(errors);
    return Promise.resolve();
  },
);

everyCause.clause('ERR-ALONE', 'no other line comes with an error', ({ arranged }) => {
  for (const mode of modes) {
    const accompanied = arranged[mode].filter(({ company }) => company.length > 0);
    expectNone(
      'errors with other lines',
      disappointing(accompanied, () => false),
      'the error alone',
    );
  }
  return Promise.resolve();
});

/** Plain ERROR is allowed for syntax and parameter errors in every mode (AT manual). */
const suits: Readonly<Record<ErrorMode, (exchange: Exchange) => boolean>> = {
  0: ({ final }) => final.kind === 'ERROR',
  1: ({ final }) => final.kind === 'ERROR' || ('code' in final && final.code !== undefined),
  2: ({ final }) => final.kind === 'ERROR' || ('code' in final && final.code === undefined),
};

const shownAt: Readonly<Record<ErrorMode, string>> = {
  0: 'ERROR alone',
  1: 'ERROR, or a number',
  2: 'ERROR, or a text',
};

everyCause.clause(
  'ERR-CMEE',
  'errors are plain, numbers or texts, as AT+CMEE says',
  ({ arranged, observe }) => {
    for (const mode of modes) {
      expectNone(`errors at AT+CMEE=${mode}`, disappointing(arranged[mode], suits[mode]), shownAt[mode]);
      const plain = arranged[mode].filter(({ exchange }) => exchange.final.kind === 'ERROR').length;
      observe(`ERR-CMEE.${mode}.plain`, `${plain} of ${arranged[mode].length}`);
    }
    return Promise.resolve();
  },
);

const codeOf = ({ final }: Exchange): number | undefined => ('code' in final ? final.code : undefined);

everyCause.clause('ERR-CODES', 'numeric codes are those of a standard behind the note', ({ arranged }) => {
  const known = (exchange: Exchange): boolean => {
    const code = codeOf(exchange);
    return code === undefined || sourceOfCode(code) !== undefined;
  };
  expectNone('error numbers', disappointing(arranged[1], known), 'those of 27.005 and 27.007');
  return Promise.resolve();
});

everyCause.clause(
  'ERR-CODES-PRINTED',
  'which numeric codes are in the printed tables of the note',
  ({ arranged, observe }) => {
    const codes = new Set(arranged[1].map(({ exchange }) => codeOf(exchange)));
    for (const code of codes) {
      if (code !== undefined) observe(`ERR-CODES-PRINTED.${code}`, printedMeaning(code) ?? 'not printed');
    }
    return Promise.resolve();
  },
);

everyCause.clause(
  'ERR-CODE-CAUSE',
  'which error goes with which cause, as a number and as a text',
  ({ arranged, observe }) => {
    for (const mode of [1, 2] as const) {
      for (const { cause, exchange } of arranged[mode]) {
        observe(`ERR-CODE-CAUSE.${mode}.${cause}`, exchange.final.text);
      }
    }
    return Promise.resolve();
  },
);

everyCause.clause('ERR-ATOMIC', 'whatever the cause, a refused command changes nothing', ({ arranged }) => {
  expectNoneChanged(arranged.findings);
  return Promise.resolve();
});

everyCause.clause('ERR-ALIVE', 'after every error the next AT answers OK', ({ arranged }) => {
  expectNone('AT after an error', arranged.unanswered, 'OK');
  return Promise.resolve();
});

// A group of its own, so that a parser that breaks on them fails no other test.
const broken = arrangement({ deadlineMs: groupDeadlineMs }, ({ module }) => tryCauses(module, brokenStrings));

broken.clause('ERR-CODE-CAUSE', 'which error goes with quotes that do not match', ({ arranged, observe }) => {
  for (const { cause, exchange } of arranged.errors) {
    observe(`ERR-CODE-CAUSE.1.${cause}`, exchange.final.text);
  }
  return Promise.resolve();
});

broken.clause(
  ['ERR-ATOMIC', 'ERR-ALIVE'],
  'a refused command whose quotes do not match changes nothing, and the next AT answers OK',
  ({ arranged: { findings, unanswered } }) => {
    expectNoneChanged(findings);
    expectNone('AT after an error', unanswered, 'OK');
    return Promise.resolve();
  },
);

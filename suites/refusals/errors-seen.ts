import { type Exchange, exchangeInBrief, expect, type TestModule } from '../../harness/jest/suite.ts';
import { arrangeSamples } from '../records/arrange-samples.ts';
import type { Input } from '../values/commands.ts';
import { linesWithError } from './error-alone.ts';
import { type Findings, tryRefused } from './refusals.ts';

/** The mode of AT+CMEE: errors as plain ERROR, as numbers, as texts (27.007 §9.1). */
export type ErrorMode = 0 | 1 | 2;

/** An error and its cause. */
export interface ErrorAnswer {
  readonly cause: string;
  readonly exchange: Exchange;
  /** The lines that came with it (`linesWithError`). */
  readonly company: readonly string[];
}

/**
 * The errors that a module answers in one error mode. Commands that it accepts are left out, and their effect is
 * undone: other clauses judge whether it may accept them.
 */
export async function errorsInMode(
  module: TestModule,
  mode: ErrorMode,
  causes: readonly Input[],
): Promise<readonly ErrorAnswer[]> {
  const answers: ErrorAnswer[] = [];
  try {
    expect((await module.at(`AT+CMEE=${mode}`)).final.text, `the answer to AT+CMEE=${mode}`).toEqual('OK');
    for (const { name, command } of causes) {
      const exchange = await module.at(command);
      const company = await linesWithError(exchange, () => module.at(command));
      answers.push({ cause: name, exchange, company });
    }
  } finally {
    await module.at('AT+CMEE=1');
  }
  const errors = errorsAmong(answers);
  if (errors.length < answers.length) await arrangeSamples(module);
  return errors;
}

const errorsAmong = <Answer extends Pick<ErrorAnswer, 'exchange'>>(
  answers: readonly Answer[],
): readonly Answer[] => answers.filter(({ exchange }) => exchange.final.kind !== 'OK');

/** The errors of a group of inputs, what they changed, and the exchanges after which AT was not answered OK. */
interface TriedCauses {
  readonly errors: readonly ErrorAnswer[];
  readonly findings: Findings;
  readonly unanswered: readonly string[];
}

/** Sends every cause at AT+CMEE=1, which the harness sets after every boot, and AT after each error. */
export async function tryCauses(module: TestModule, causes: readonly Input[]): Promise<TriedCauses> {
  const unanswered: string[] = [];
  const asking: TestModule = {
    ...module,
    async at(command, options) {
      const exchange = await module.at(command, options);
      if (exchange.final.kind === 'OK') return exchange;
      const next = await module.at('AT');
      if (next.final.kind !== 'OK')
        unanswered.push(`${exchangeInBrief(exchange)}, then ${exchangeInBrief(next)}`);
      return exchange;
    },
  };
  const findings = await tryRefused(asking, causes);
  const errors: ErrorAnswer[] = [];
  for (const { name, command, exchange } of errorsAmong(findings.answers)) {
    const company = await linesWithError(exchange, () => module.at(command));
    errors.push({ cause: name, exchange, company });
  }
  return { errors, findings, unanswered };
}

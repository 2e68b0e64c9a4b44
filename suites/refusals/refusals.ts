import {
  type Exchange,
  exchangeInBrief,
  expectNone,
  sameConfiguration,
  savedRecords,
  shownBy,
  type TestModule,
} from '../../harness/jest/suite.ts';
import { arrangeSamples } from '../records/arrange-samples.ts';
import { readAgain } from '../records/snapshot-readings.ts';
import type { Input } from '../values/commands.ts';
import { answerText, outcomeOf } from '../values/open-inputs.ts';

type Difference = ReturnType<typeof sameConfiguration>[number];

/** A group that changed something is sent again one by one: a few exchanges each, up to 300 ms per answer. */
export const groupDeadlineMs = 300_000;

interface Answered extends Input {
  readonly exchange: Exchange;
  /** The text of an observation: the answer, and what was read back if the input says how. */
  readonly outcome: string;
}

interface Group {
  readonly answers: readonly Answered[];
  readonly accepted: readonly Answered[];
  readonly refused: readonly Answered[];
  /** Differences in the whole configuration of both commands, saved and in use, after all inputs. */
  readonly differences: readonly Difference[];
}

/** Something that an input did and should not do. */
interface Finding {
  /** The input's name; undefined for a change that only several inputs together made. */
  readonly name: string | undefined;
  readonly text: string;
  /** The input's exchange; undefined like the name. */
  readonly exchange: Exchange | undefined;
}

const textOf = ({ text }: Finding): string => text;

const exchangesOf = (findings: readonly Finding[]): readonly (Exchange | undefined)[] =>
  findings.map(({ exchange }) => exchange);

/** The results of a group of inputs. */
export interface Findings {
  /** Every input with its answer, in the order they were sent. */
  readonly answers: readonly Answered[];
  /** Inputs that were answered OK. */
  readonly accepted: readonly Finding[];
  /** Inputs that changed something; from `tryRefused`, only refused ones. */
  readonly changed: readonly Finding[];
}

/**
 * Sends a group of inputs that must be refused, and compares the whole configuration of both commands, saved and in
 * use, before and after. The comparison is expensive, so one group serves many clauses. If it differs, the inputs are
 * sent again one by one, to name the ones that did it. The effect of accepted inputs is undone.
 * @param dmmode the saved access mode during the group: inputs that might change it are tried with both modes
 */
export async function tryRefused(
  module: TestModule,
  inputs: readonly Input[],
  dmmode = 0,
): Promise<Findings> {
  const all = await sendGroup(module, inputs, dmmode);
  if (all.accepted.length === 0 && all.differences.length === 0) return { ...all, accepted: [], changed: [] };
  // The accepted inputs may have caused the changes, so the refused ones are sent again without them.
  const refused = all.accepted.length === 0 ? all : await sendGroup(module, all.refused, dmmode);
  const changed = await findCulprits(module, all.refused, refused, dmmode);
  await arrangeSamples(module);
  return { answers: all.answers, accepted: findingsOf(all.accepted), changed };
}

/** The same for inputs that must change nothing even if they are answered OK. */
export async function tryHarmless(
  module: TestModule,
  inputs: readonly Input[],
  dmmode = 0,
): Promise<Findings> {
  const all = await sendGroup(module, inputs, dmmode);
  const changed = await findCulprits(module, inputs, all, dmmode);
  if (changed.length > 0) await arrangeSamples(module);
  return { answers: all.answers, accepted: findingsOf(all.accepted), changed };
}

/** Expects that none of these inputs was accepted and none changed anything. */
export function expectAllRefused({ accepted, changed }: Findings, inputs: readonly Input[]): void {
  const own = (findings: readonly Finding[]) => findingsAmong(findings, inputs);
  shownBy(exchangesOf(own(accepted)), () =>
    expectNone('inputs answered OK that must be refused', own(accepted).map(textOf), 'an error'),
  );
  shownBy(exchangesOf(own(changed)), () =>
    expectNone('changes by inputs that must be refused', own(changed).map(textOf)),
  );
}

/** Expects that no input of the group changed anything. */
export const expectNoneChanged = ({ changed }: Findings): void =>
  shownBy(exchangesOf(changed), () => expectNone('changes by refused inputs', changed.map(textOf)));

/** Sends inputs, and expects that each is answered with an error and changes nothing, saved or in use. */
export async function expectRefused(module: TestModule, inputs: readonly Input[], dmmode = 0): Promise<void> {
  expectAllRefused(await tryRefused(module, inputs, dmmode), inputs);
}

async function sendGroup(module: TestModule, inputs: readonly Input[], dmmode: number): Promise<Group> {
  const before = await arrangeSamples(module, dmmode);
  const answers: Answered[] = [];
  for (const input of inputs) answers.push(await send(module, input));
  return {
    answers,
    accepted: answers.filter(({ exchange }) => exchange.final.kind === 'OK'),
    refused: answers.filter(({ exchange }) => exchange.final.kind !== 'OK'),
    differences: sameConfiguration(before, await module.snapshot()),
  };
}

async function send(module: TestModule, input: Input): Promise<Answered> {
  const exchange = await module.at(input.command);
  const outcome = input.back ? await outcomeOf(module, exchange, input.back) : answerText(exchange);
  return { ...input, exchange, outcome };
}

/**
 * Finds the inputs of a group that changed something: sends them one by one and reads after each only the records that
 * the group changed. Undoes each change.
 */
async function findCulprits(
  module: TestModule,
  inputs: readonly Input[],
  group: Group,
  dmmode: number,
): Promise<readonly Finding[]> {
  if (group.differences.length === 0) return [];
  const changed = savedRecords.filter(({ name }) => group.differences.some(({ record }) => record === name));
  const found: Finding[] = [];
  let before = await arrangeSamples(module, dmmode);
  for (const input of inputs) {
    const answered = await send(module, input);
    const differences = sameConfiguration(before, await readAgain(module, before, changed));
    if (differences.length === 0) continue;
    found.push({
      name: input.name,
      exchange: answered.exchange,
      text: [describeAnswer(answered), ...differences.map(describeDifference)].join('\n'),
    });
    before = await arrangeSamples(module, dmmode);
  }
  if (found.length > 0) return found;
  const changes = group.differences.map(describeDifference).join('; ');
  return [{ name: undefined, exchange: undefined, text: `none alone, all together: ${changes}` }];
}

const describeDifference = ({ record, before, after }: Difference): string =>
  `${record} was ${before}, is ${after}`;

const describeAnswer = ({ name, exchange }: Answered): string => `${name}: ${exchangeInBrief(exchange)}`;

const findingsOf = (answers: readonly Answered[]): readonly Finding[] =>
  answers.map((answered) => ({
    name: answered.name,
    exchange: answered.exchange,
    text: describeAnswer(answered),
  }));

const findingsAmong = (findings: readonly Finding[], inputs: readonly Input[]): readonly Finding[] =>
  findings.filter(({ name }) => name === undefined || inputs.some((input) => input.name === name));

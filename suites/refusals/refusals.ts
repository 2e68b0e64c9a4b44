import {
  type Exchange,
  exchangeInBytes,
  sameConfiguration,
  savedRecords,
  type TestModule,
} from '../../harness/jest/suite.ts';
import { arrangeSamples } from '../records/arrange-samples.ts';
import { readAgain } from '../records/snapshot-readings.ts';
import type { Input } from '../values/commands.ts';
import { answerText, outcomeOf } from '../values/open-inputs.ts';

type Difference = ReturnType<typeof sameConfiguration>[number];

/** A group is compared input by input when it changed something: a few exchanges each, up to 300 ms an answer. */
export const groupDeadlineMs = 300_000;

/** An input with its answer. */
interface Answered extends Input {
  readonly exchange: Exchange;
  /** As an observation keeps it: what was answered, and what was read back of an input that says where. */
  readonly outcome: string;
}

interface Group {
  readonly answers: readonly Answered[];
  readonly accepted: readonly Answered[];
  readonly refused: readonly Answered[];
  /** What differs in the whole configuration of both commands, saved and in use, after all of them. */
  readonly differences: readonly Difference[];
}

/** What an input did that it should not. */
interface Finding {
  /** The input's name; undefined for what no input does alone, and some of the group did together. */
  readonly name: string | undefined;
  readonly text: string;
}

/** What became of a group of inputs. */
export interface Findings {
  /** Every input with its answer, in the order they were sent. */
  readonly answers: readonly Answered[];
  /** Inputs that were answered OK. */
  readonly accepted: readonly Finding[];
  /** Inputs that changed something; of `tryRefused`, refused ones that did so all the same. */
  readonly changed: readonly Finding[];
}

/**
 * Sends a group of inputs that have to be refused, and compares the whole configuration of both commands, saved
 * and in use, before and after: that is what a group costs, so one group serves many clauses. Where it differs they
 * are sent one by one, so that the culprits are named. What was accepted all the same is put back.
 * @param dmmode the access mode that is saved meanwhile: an input that might change it needs both
 */
export async function tryRefused(
  module: TestModule,
  inputs: readonly Input[],
  dmmode = 0,
): Promise<Findings> {
  const all = await sendGroup(module, inputs, dmmode);
  if (all.accepted.length === 0 && all.differences.length === 0) return { ...all, accepted: [], changed: [] };
  // What was accepted may have changed what it liked: the refused ones are judged apart.
  const refused = all.accepted.length === 0 ? all : await sendGroup(module, all.refused, dmmode);
  const changed = await findCulprits(module, all.refused, refused, dmmode);
  await arrangeSamples(module);
  return { answers: all.answers, accepted: findingsOf(all.accepted), changed };
}

/** Sends a group of inputs that may change nothing whatever they are answered, OK included; as `tryRefused`. */
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

/** None of these inputs may have been accepted, and none may have changed anything. */
export function expectAllRefused({ accepted, changed }: Findings, inputs: readonly Input[]): void {
  expect({ accepted: textsOf(accepted, inputs), changed: textsOf(changed, inputs) }).toEqual({
    accepted: [],
    changed: [],
  });
}

/** None of the group may have changed anything. */
export const expectNoneChanged = ({ changed }: Findings): void =>
  expect(changed.map(({ text }) => text)).toEqual([]);

/** Every input has to be answered with an error, and to change nothing, saved or in use. */
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
 * Which inputs of a group that changed something did: they are sent one by one, and what changed is read after each,
 * the rest of the configuration not, since it did not change. What a culprit changed is put back.
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
      text: [describeAnswer(answered), ...differences.map(describeDifference)].join('\n'),
    });
    before = await arrangeSamples(module, dmmode);
  }
  if (found.length > 0) return found;
  const changes = group.differences.map(describeDifference).join('; ');
  return [{ name: undefined, text: `none alone, all together: ${changes}` }];
}

const describeDifference = ({ record, before, after }: Difference): string =>
  `${record} was ${before}, is ${after}`;

const describeAnswer = ({ name, exchange }: Answered): string => `${name}: ${exchangeInBytes(exchange)}`;

const findingsOf = (answers: readonly Answered[]): readonly Finding[] =>
  answers.map((answered) => ({ name: answered.name, text: describeAnswer(answered) }));

const textsOf = (findings: readonly Finding[], inputs: readonly Input[]): readonly string[] =>
  findings
    .filter(({ name }) => name === undefined || inputs.some((input) => input.name === name))
    .map(({ text }) => text);

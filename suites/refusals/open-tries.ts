import { type Exchange, exchangeInBrief, expectNone, type TestModule } from '../../harness/jest/suite.ts';
import { answerText, type ReadBackQuery, readBackText } from '../values/open-inputs.ts';

/**
 * Inputs of which the note does not say whether they are accepted. What they answer is observed; but one that is refused
 * must have changed nothing (ERR-ATOMIC).
 */
export interface OpenTries {
  /** Sends a command, and reads its record before and after it. */
  exchange(command: string, back: ReadBackQuery): Promise<Exchange>;
  /** The same. @returns the text of an observation: the final result, and what was read back if it was accepted */
  try(command: string, back: ReadBackQuery): Promise<string>;
  /** Expects that no refused input has changed the record that it names. */
  expectAtomic(): void;
}

/** All writes to the records go through the tries, since a record is read once between two of them. */
export function openTries(module: TestModule): OpenTries {
  /** The last answer to each query. */
  const read = new Map<string, Exchange>();
  const changed: string[] = [];

  async function exchange(command: string, { query }: ReadBackQuery): Promise<Exchange> {
    const before = answerText(read.get(query) ?? (await module.at(query)));
    const sent = await module.at(command);
    const reading = await module.at(query);
    read.set(query, reading);
    const after = answerText(reading);
    if (sent.final.kind !== 'OK' && after !== before)
      changed.push(
        `${exchangeInBrief(sent)}, and ${query}, answered ${before} before it, is answered ${after}`,
      );
    return sent;
  }

  return {
    exchange,
    async try(command, back) {
      const { final } = await exchange(command, back);
      const reading = read.get(back.query);
      return final.kind === 'OK' && reading ? readBackText(reading, back) : final.text;
    },
    expectAtomic: () => expectNone('changes by refused inputs', changed),
  };
}

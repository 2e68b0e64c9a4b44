import type { Exchange, TestModule } from '../../harness/jest/suite.ts';

/** How a record is read back, and which part of its text an observation keeps. */
export interface ReadBackQuery {
  readonly query: string;
  /** Selects what an observation may hold of the information text (without prefix). */
  readonly shown: (text: string) => string;
}

const whole = (text: string): string => text;

/** A field after the private key, counted from the end: the key itself is never observed. */
const fromEnd =
  (place: number) =>
  (text: string): string =>
    text.split(',').at(-place)?.trim() ?? '';

/** The records of AT+QDMPCFG; of the credentials one field only. */
export const readBack = {
  mode: { query: 'AT+QDMPCFG=4,0', shown: whole },
  server: { query: 'AT+QDMPCFG=4,1', shown: whole },
  tmlType: { query: 'AT+QDMPCFG=4,2', shown: fromEnd(2) },
  tmlIMEI: { query: 'AT+QDMPCFG=4,2', shown: fromEnd(1) },
} as const satisfies Record<string, ReadBackQuery>;

export const extendedReadBack = (type: number): ReadBackQuery => ({
  query: `AT+QDMPCFGEX=${type},1`,
  shown: whole,
});

/** The information lines and the final result, word for word. */
export const answerText = ({ information, final }: Exchange): string =>
  [...information, final.text].join(' / ');

/** The information text of an answer without the command's prefix. */
export const informationText = ({ information }: Exchange): string =>
  information.join('\n').replace(/^\+QDMPCFG(EX)?: /, '');

/** What an observation says of a command that has just been sent: the final result, and what was read back. */
export async function outcomeOf(
  module: TestModule,
  { final }: Exchange,
  back: ReadBackQuery,
): Promise<string> {
  return final.kind === 'OK' ? readBackText(await module.at(back.query), back) : final.text;
}

/** What an observation says of an accepted input: how its record reads. @param read the answer to the query */
export const readBackText = (read: Exchange, { shown }: ReadBackQuery): string =>
  `OK, read back: ${read.final.kind === 'OK' ? shown(informationText(read)) : read.final.text}`;

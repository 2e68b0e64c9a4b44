import type { Exchange, TestModule } from '../../harness/jest/suite.ts';

/** Where a record is read back, and what of its text is shown. */
export interface ReadBackQuery {
  readonly query: string;
  /** What an observation may hold of the information text, its prefix left out. */
  readonly shown: (text: string) => string;
}

const whole = (text: string): string => text;

/** A field behind the private key, which is never observed. */
const fromEnd =
  (place: number) =>
  (text: string): string =>
    text.split(',').at(-place)?.trim() ?? '';

/** The records of AT+QDMPCFG; of the credentials only a field. */
export const readBack = {
  mode: { query: 'AT+QDMPCFG=4,0', shown: whole },
  server: { query: 'AT+QDMPCFG=4,1', shown: whole },
  tmlType: { query: 'AT+QDMPCFG=4,2', shown: fromEnd(2) },
  tmlIMEI: { query: 'AT+QDMPCFG=4,2', shown: fromEnd(1) },
} as const satisfies Record<string, ReadBackQuery>;

/** A record of AT+QDMPCFGEX. */
export const extendedReadBack = (type: number): ReadBackQuery => ({
  query: `AT+QDMPCFGEX=${type},1`,
  shown: whole,
});

/** What was answered: the information lines and the final result, word for word. */
export const answerText = ({ information, final }: Exchange): string =>
  [...information, final.text].join(' / ');

/** The information text of an answer without the command's prefix. */
export const informationText = ({ information }: Exchange): string =>
  information.join('\n').replace(/^\+QDMPCFG(EX)?: /, '');

/**
 * Sends a command of which the note says nothing, and reads the record back when it was accepted.
 * @returns the outcome as an observation keeps it: the final result, and what was read
 */
export const tryInput = async (module: TestModule, command: string, back: ReadBackQuery): Promise<string> =>
  outcomeOf(module, await module.at(command), back);

/** The outcome of a command that was just sent; reads the record back when it was accepted. */
export async function outcomeOf(
  module: TestModule,
  { final }: Exchange,
  back: ReadBackQuery,
): Promise<string> {
  if (final.kind !== 'OK') return final.text;
  const read = await module.at(back.query);
  return `OK, read back: ${read.final.kind === 'OK' ? back.shown(informationText(read)) : read.final.text}`;
}

import type { Exchange } from '../../at/exchange.ts';
import { escapeBytes } from '../../base/escape.ts';
import { describeCommand } from '../../cmdmp/form.ts';

/** What an expectation of an answer looks at: the answer to a command, by the command's form. */
export const answerTo = (command: string): string => `the answer to ${describeCommand(command).form}`;

const inBytes = (text: string): string => escapeBytes(Buffer.from(text, 'latin1'));

/** A command and its answer in bytes, on one line. */
export const exchangeInBrief = ({ command, raw }: Pick<Exchange, 'command' | 'raw'>): string =>
  `${inBytes(command)} was answered ${inBytes(raw)}`;

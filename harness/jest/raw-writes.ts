import type { Transcript } from '../at/at-client.ts';
import { describeCommand } from '../cmdmp/form.ts';

type Sent = Pick<Transcript, 'sent' | 'lines'>;

/** The command lines within raw bytes (latin1) that write to NVRAM when they are accepted. */
export const writingLines = (sent: string): readonly string[] =>
  sent.split(/[\r\n]+/).filter((line) => describeCommand(line).nvramWrite);

/**
 * How many writes to NVRAM raw bytes may have caused: no more than there were OKs. An upper bound, since nobody
 * knows which OK answered which line.
 */
export const writesOf = ({ sent, lines }: Sent): number =>
  Math.min(writingLines(sent).length, lines.filter(({ data }) => data === 'OK').length);

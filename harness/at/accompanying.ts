import { isBootText } from './boot-text.ts';
import { lineName } from './command-names.ts';
import type { Exchange } from './exchange.ts';
import { isUnsolicitedName, isUnsolicitedText } from './unsolicited.ts';

/** Whether a line is one that the module is known to send unasked, whatever was asked meanwhile. */
function isKnownUnasked(line: string): boolean {
  const name = lineName(line);
  return name === undefined ? isUnsolicitedText(line) || isBootText(line) : isUnsolicitedName(name);
}

/**
 * The lines that came with a final result: its information lines, and those of a name that nobody asked for and that
 * is not known to come unasked. `+QDMPERR: 50` beside an error belongs to the error as far as anybody can say, though
 * nothing was asked by that name.
 */
export const accompanying = ({
  information,
  unsolicited,
}: Pick<Exchange, 'information' | 'unsolicited'>): readonly string[] => [
  ...information,
  ...unsolicited.map(({ data }) => data).filter((line) => !isKnownUnasked(line)),
];

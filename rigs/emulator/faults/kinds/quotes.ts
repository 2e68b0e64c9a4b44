import type { Fault } from '../fault.ts';
import { answerFault, refuseValue } from '../fault-builders.ts';
import { type Match, matchAccess, piecesOf, unquote, withPieces } from '../match-command.ts';

/** A fault that takes a parameter in quotes alone. @param index its place among the parameters, the type included */
const quotedOnly = (
  id: string,
  describe: string,
  breaks: Fault['breaks'],
  match: Match,
  index: number,
): Fault =>
  answerFault(id, describe, breaks, match, (call, module, next) => {
    const pieces = piecesOf(call);
    const piece = pieces[index] ?? '';
    if (!piece.startsWith('"')) return refuseValue(module);
    return next(withPieces(call, pieces.with(index, unquote(piece))));
  });

/** Quotes that are wanted where the note writes none. */
export const faults: readonly Fault[] = [
  quotedOnly(
    'server-unquoted-refused',
    'refuses a server address without quotes',
    ['CFG-IP-UNQUOTED'],
    matchAccess(/^1(,[^,]*){3}$/),
    1,
  ),
  quotedOnly(
    'imei-unquoted-refused',
    'refuses a terminal IMEI without quotes',
    ['CFG-IMEI-UNQUOTED'],
    matchAccess(/^2,.*,.*,.*,.*$/),
    4,
  ),
];

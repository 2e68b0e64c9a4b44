import { isRefused } from '../module/answers.ts';
import type { Call } from '../module/handler.ts';
import type { Fault } from './fault.ts';
import { answerFault, refuseValue, writeItems } from './fault-builders.ts';
import { piecesOf, unquote, withPieces } from './match-command.ts';

/** One parameter of one saving command. */
export interface SavedParameter {
  /** Whether a command saves this parameter. */
  readonly match: (call: Call) => boolean;
  /** Its place among the pieces of the command. */
  readonly index: number;
  /** The NVRAM item it is kept in. */
  readonly item: string;
  /** A good value, as typed, that stands in for one that only this firmware takes. */
  readonly goodValue: string;
}

const valueAt = (slot: SavedParameter, call: Call): string => unquote(piecesOf(call)[slot.index] ?? '');

/** A fault that refuses values that are good. */
export const refuseFault = (
  id: string,
  describe: string,
  slot: SavedParameter,
  which: (value: string) => boolean,
): Fault =>
  answerFault(
    id,
    describe,
    (call) => slot.match(call) && which(valueAt(slot, call)),
    (_, module) => refuseValue(module),
  );

/** A fault that takes values that are not good, and keeps what `kept` makes of them. */
export const acceptFault = (
  id: string,
  describe: string,
  slot: SavedParameter,
  which: (value: string) => boolean,
  savedAs: (value: string) => string = (value) => value,
): Fault =>
  answerFault(
    id,
    describe,
    (call) => slot.match(call) && which(valueAt(slot, call)),
    (call, module, next) => {
      const value = valueAt(slot, call);
      const answer = next(withPieces(call, piecesOf(call).with(slot.index, slot.goodValue)));
      if (!isRefused(answer)) writeItems(module, { [slot.item]: savedAs(value) });
      return answer;
    },
  );

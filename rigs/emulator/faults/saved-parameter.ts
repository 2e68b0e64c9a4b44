import { isRefused } from '../module/answers.ts';
import type { Call } from '../module/handler.ts';
import type { Fault } from './fault.ts';
import { answering, piecesOf, put, unquoted, valueRefused, withPieces } from './fault-builders.ts';

/** One parameter of one saving command. */
export interface Slot {
  /** Whether a command saves this parameter. */
  readonly match: (call: Call) => boolean;
  /** Its place among the pieces of the command. */
  readonly index: number;
  /** The NVRAM item it is kept in. */
  readonly item: string;
  /** A good value, as typed, that stands in for one that only this firmware takes. */
  readonly standIn: string;
}

const valueAt = (slot: Slot, call: Call): string => unquoted(piecesOf(call)[slot.index] ?? '');

/** A fault that refuses values that are good. */
export const refusing = (
  id: string,
  describe: string,
  slot: Slot,
  which: (value: string) => boolean,
): Fault =>
  answering(
    id,
    describe,
    (call) => slot.match(call) && which(valueAt(slot, call)),
    (_, module) => valueRefused(module),
  );

/** A fault that takes values that are not good, and keeps what `kept` makes of them. */
export const accepting = (
  id: string,
  describe: string,
  slot: Slot,
  which: (value: string) => boolean,
  kept: (value: string) => string = (value) => value,
): Fault =>
  answering(
    id,
    describe,
    (call) => slot.match(call) && which(valueAt(slot, call)),
    (call, module, next) => {
      const value = valueAt(slot, call);
      const answer = next(withPieces(call, piecesOf(call).with(slot.index, slot.standIn)));
      if (!isRefused(answer)) put(module, { [slot.item]: kept(value) });
      return answer;
    },
  );

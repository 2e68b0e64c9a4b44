import { isRefused } from '../module/answers.ts';
import type { Call } from '../module/handler.ts';
import type { Fault } from './fault.ts';
import { answerFault, refuseValue, writeItems } from './fault-builders.ts';
import { piecesOf, unquote, withPieces } from './match-command.ts';

/** One parameter of a command that saves. */
export interface SavedParameter {
  /** Whether a command saves this parameter. */
  readonly match: (call: Call) => boolean;
  /** Its place among the parameters, the type included. */
  readonly index: number;
  /** The NVRAM item. */
  readonly item: string;
  /** A good value, as typed: the healthy module gets it in place of one that only this firmware accepts. */
  readonly goodValue: string;
}

const valueAt = (parameter: SavedParameter, call: Call): string =>
  unquote(piecesOf(call)[parameter.index] ?? '');

/** A fault that refuses good values. */
export const refuseFault = (
  id: string,
  describe: string,
  breaks: Fault['breaks'],
  parameter: SavedParameter,
  which: (value: string) => boolean,
): Fault =>
  answerFault(
    id,
    describe,
    breaks,
    (call) => parameter.match(call) && which(valueAt(parameter, call)),
    (_, module) => refuseValue(module),
  );

/** A fault that accepts wrong values and saves them, changed by `savedAs`. */
export const acceptFault = (
  id: string,
  describe: string,
  breaks: Fault['breaks'],
  parameter: SavedParameter,
  which: (value: string) => boolean,
  savedAs: (value: string) => string = (value) => value,
): Fault =>
  answerFault(
    id,
    describe,
    breaks,
    (call) => parameter.match(call) && which(valueAt(parameter, call)),
    (call, module, next) => {
      const value = valueAt(parameter, call);
      const answer = next(withPieces(call, piecesOf(call).with(parameter.index, parameter.goodValue)));
      if (!isRefused(answer)) writeItems(module, { [parameter.item]: savedAs(value) });
      return answer;
    },
  );

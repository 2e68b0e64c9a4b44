import { splitOutsideQuotes } from '../dmp/parse-parameters.ts';
import type { Call } from '../module/handler.ts';

/** Whether a fault concerns this command. */
export type Match = (call: Call) => boolean;

/** Matches AT+QDMPCFG= with parameters of this form. */
export const matchAccess =
  (parameters: RegExp): Match =>
  (call) =>
    call.name === '+QDMPCFG' && call.form === 'write' && parameters.test(call.parameters);

/** Matches AT+QDMPCFGEX= with parameters of this form. */
export const matchExtended =
  (parameters: RegExp): Match =>
  (call) =>
    call.name === '+QDMPCFGEX' && call.form === 'write' && parameters.test(call.parameters);

/** AT+QDMPCFG?, which shows the values in use. */
export const isActiveRead: Match = (call) => call.name === '+QDMPCFG' && call.form === 'read';

/** Either command, in any form. */
export const isCmdmp: Match = (call) => call.name === '+QDMPCFG' || call.name === '+QDMPCFGEX';

/** The parameters between the commas, with their quotes. */
export const piecesOf = (call: Call): readonly string[] => splitOutsideQuotes(call.parameters);

export const withPieces = (call: Call, pieces: readonly string[]): Call => ({
  ...call,
  parameters: pieces.join(','),
});

export const unquote = (piece: string): string => piece.replace(/^"|"$/g, '');

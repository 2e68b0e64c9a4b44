import { accessRecords } from '../dmp/access-records.ts';
import { extendedRecords } from '../dmp/extended-records.ts';
import { isRefused, ok } from '../module/answers.ts';
import type { Call } from '../module/handler.ts';
import type { Fault } from './fault.ts';
import {
  answering,
  configures,
  extendedConfigures,
  isDmp,
  piecesOf,
  put,
  unquoted,
  valueRefused,
  withPieces,
} from './fault-builders.ts';

const extendedSaves = extendedConfigures(/^\d,0,/);

/** How many pieces a saving command of a type has, itself included. */
const accessPieces = (type: string | undefined): number =>
  1 + (accessRecords.find((record) => String(record.type) === type)?.fields.length ?? 1);
const extendedPieces = (type: string | undefined): number =>
  2 + (extendedRecords.find((record) => String(record.type) === type)?.fields.length ?? 0);

/** Keeps strings without a character of theirs. */
const losing = (id: string, describe: string, character: string): Fault =>
  answering(id, describe, extendedSaves, (call, _, next) =>
    next(editInside(call, (string) => string.replaceAll(character, ''))),
  );

const editInside = (call: Call, edit: (string: string) => string): Call =>
  withPieces(
    call,
    piecesOf(call).map((piece) => (piece.startsWith('"') ? edit(piece) : piece)),
  );

/** Takes as success what a healthy module refuses, and does nothing. */
const shrugging = (id: string, describe: string, match: (call: Call) => boolean): Fault =>
  answering(id, describe, match, (call, _, next) => {
    const answer = next(call);
    return isRefused(answer) ? ok() : answer;
  });

/** Parameters taken apart wrongly. */
export const parsingFaults: readonly Fault[] = [
  answering(
    'surplus-accepted',
    'AT+QDMPCFG drops surplus parameters',
    configures(/^[01245],/),
    (call, _, next) => next(withPieces(call, piecesOf(call).slice(0, accessPieces(piecesOf(call)[0])))),
  ),
  answering('ex-surplus-accepted', 'AT+QDMPCFGEX drops surplus strings', extendedSaves, (call, _, next) =>
    next(withPieces(call, piecesOf(call).slice(0, extendedPieces(piecesOf(call)[0])))),
  ),
  shrugging('type-7-accepted', 'answers OK to types above 6', configures(/^[7-9]/)),
  shrugging('type-negative-accepted', 'answers OK to negative types', configures(/^-/)),
  shrugging('query-4-accepted', 'answers OK to =4,4', configures(/^4,4$/)),
  shrugging('erase-5-accepted', 'answers OK to =5,5', configures(/^5,5$/)),
  shrugging('ex-type-6-accepted', 'answers OK to extended types above 5', extendedConfigures(/^[6-9],/)),
  shrugging('ex-act-3-accepted', 'answers OK to acts above 2', extendedConfigures(/^\d,[3-9]/)),
  answering(
    'ex-arity-wrong',
    'extended type 2 wants three strings',
    extendedConfigures(/^2,0,/),
    (call, module, next) => {
      const pieces = piecesOf(call);
      if (pieces.length !== 5) return valueRefused(module);
      return next(withPieces(call, [...pieces, '"NULL"']));
    },
  ),
  answering(
    'semicolon-splits',
    'a semicolon inside quotes ends the command',
    (call) => isDmp(call) && call.form === 'write' && call.parameters.includes(';'),
    (call, _, next) => next({ ...call, parameters: call.parameters.split(';', 1).join('') }),
  ),
  answering('comma-splits', 'a comma inside quotes ends the string', extendedSaves, (call, _, next) =>
    next(
      withPieces(
        call,
        piecesOf(call).map((piece) => (piece.startsWith('"') ? piece.replaceAll(',', '","') : piece)),
      ),
    ),
  ),
  losing('bar-lost', 'bars are lost from extended strings', '|'),
  losing('blank-lost', 'blanks are lost from extended strings', ' '),
  answering(
    'end-blanks-lost',
    'blanks at the end of extended strings are lost',
    extendedSaves,
    (call, _, next) => next(editInside(call, (string) => string.replace(/ +(?="$)/, ''))),
  ),
  losing('hyphen-lost', 'hyphens are lost from extended strings', '-'),
  answering('ex-upper-cased', 'extended strings are kept in capitals', extendedSaves, (call, _, next) =>
    next({ ...call, parameters: call.parameters.toUpperCase() }),
  ),
  answering('ex-null-refused', 'refuses "NULL"', extendedSaves, (call, module, next) =>
    piecesOf(call).includes('"NULL"') ? valueRefused(module) : next(call),
  ),
  answering(
    'unclosed-quote-resets',
    'a quote that does not close resets the module',
    (call) => isDmp(call) && (call.parameters.split('"').length - 1) % 2 === 1,
    (call, _, next) => ({ ...next(call), then: 'reset' }),
  ),
  answering(
    'partial-refused-saved',
    'a server without a period is refused, but address and port are saved',
    configures(/^1,[\d.]+,\d+$/),
    (call, module, next) => {
      const answer = next(call);
      const [, address, port] = piecesOf(call);
      if (isRefused(answer)) put(module, { dm_access_ip_address: address, dm_port: port });
      return answer;
    },
  ),
  answering(
    'ex-partial-refused-saved',
    'a software version without a name is refused, but saved',
    extendedConfigures(/^3,0,"[^"]*"$/),
    (call, module, next) => {
      const answer = next(call);
      if (isRefused(answer)) put(module, { dm_ex_swver: unquoted(piecesOf(call)[2] ?? '') });
      return answer;
    },
  ),
];

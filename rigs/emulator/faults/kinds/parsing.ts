import { accessRecords } from '../../dmp/access-records.ts';
import { extendedRecords } from '../../dmp/extended-records.ts';
import { isRefused, ok } from '../../module/answers.ts';
import type { Call } from '../../module/handler.ts';
import type { Fault } from '../fault.ts';
import { answerFault, refuseValue, writeItems } from '../fault-builders.ts';
import { isCmdmp, matchAccess, matchExtended, piecesOf, unquote, withPieces } from '../match-command.ts';

const extendedSaves = matchExtended(/^\d,0,/);

/** The number of parameters of a saving command, the type and act included. */
const accessPieces = (type: string | undefined): number =>
  1 + (accessRecords.find((record) => String(record.type) === type)?.fields.length ?? 1);
const extendedPieces = (type: string | undefined): number =>
  2 + (extendedRecords.find((record) => String(record.type) === type)?.fields.length ?? 0);

/** A fault that saves strings without one kind of character. */
const lostCharacterFault = (
  id: string,
  describe: string,
  breaks: Fault['breaks'],
  character: string,
): Fault =>
  answerFault(id, describe, breaks, extendedSaves, (call, _, next) =>
    next(editStrings(call, (string) => string.replaceAll(character, ''))),
  );

const editStrings = (call: Call, edit: (string: string) => string): Call =>
  withPieces(
    call,
    piecesOf(call).map((piece) => (piece.startsWith('"') ? edit(piece) : piece)),
  );

/** A fault that answers OK to what a healthy module refuses, and does nothing. */
const falseOkFault = (
  id: string,
  describe: string,
  breaks: Fault['breaks'],
  match: (call: Call) => boolean,
): Fault =>
  answerFault(id, describe, breaks, match, (call, _, next) => {
    const answer = next(call);
    return isRefused(answer) ? ok() : answer;
  });

export const faults: readonly Fault[] = [
  answerFault(
    'surplus-accepted',
    'AT+QDMPCFG ignores surplus parameters',
    ['CFG-ARITY'],
    matchAccess(/^[01245],/),
    (call, _, next) => next(withPieces(call, piecesOf(call).slice(0, accessPieces(piecesOf(call)[0])))),
  ),
  answerFault(
    'ex-surplus-accepted',
    'AT+QDMPCFGEX ignores surplus strings',
    ['EX-ARITY-SURPLUS'],
    extendedSaves,
    (call, _, next) => next(withPieces(call, piecesOf(call).slice(0, extendedPieces(piecesOf(call)[0])))),
  ),
  falseOkFault('type-7-accepted', 'answers OK to types above 6', ['CFG-TYPE-OUTSIDE'], matchAccess(/^[7-9]/)),
  falseOkFault(
    'type-negative-accepted',
    'answers OK to negative types',
    ['CFG-TYPE-OUTSIDE'],
    matchAccess(/^-/),
  ),
  falseOkFault('query-4-accepted', 'answers OK to =4,4', ['CFG-QUERY-OUTSIDE'], matchAccess(/^4,4$/)),
  falseOkFault('erase-5-accepted', 'answers OK to =5,5', ['CFG-ERASE-OUTSIDE'], matchAccess(/^5,5$/)),
  falseOkFault(
    'ex-type-6-accepted',
    'answers OK to extended types above 5',
    ['EX-TYPE-OUTSIDE'],
    matchExtended(/^[6-9],/),
  ),
  falseOkFault(
    'ex-act-3-accepted',
    'answers OK to acts above 2',
    ['EX-ACT-OUTSIDE'],
    matchExtended(/^\d,[3-9]/),
  ),
  answerFault(
    'ex-arity-wrong',
    'extended type 2 expects three strings instead of four',
    ['EX-SAVE-2', 'EX-ARITY'],
    matchExtended(/^2,0,/),
    (call, module, next) => {
      const pieces = piecesOf(call);
      if (pieces.length !== 5) return refuseValue(module);
      return next(withPieces(call, [...pieces, '"NULL"']));
    },
  ),
  answerFault(
    'semicolon-splits',
    'a semicolon inside quotes ends the command',
    ['EX-READ-0', 'EX-CHARS'],
    (call) => isCmdmp(call) && call.form === 'write' && call.parameters.includes(';'),
    (call, _, next) => next({ ...call, parameters: call.parameters.split(';', 1).join('') }),
  ),
  answerFault(
    'comma-splits',
    'a comma inside quotes ends the string',
    ['EX-READ-0', 'EX-CHARS'],
    extendedSaves,
    (call, _, next) =>
      next(
        withPieces(
          call,
          piecesOf(call).map((piece) => (piece.startsWith('"') ? piece.replaceAll(',', '","') : piece)),
        ),
      ),
  ),
  lostCharacterFault('bar-lost', 'extended strings lose their vertical bars', ['EX-READ-0', 'EX-CHARS'], '|'),
  lostCharacterFault('blank-lost', 'extended strings lose their blanks', ['EX-CHARS'], ' '),
  answerFault(
    'end-blanks-lost',
    'extended strings lose the blanks at their end',
    ['EX-CHARS-ANY'],
    extendedSaves,
    (call, _, next) => next(editStrings(call, (string) => string.replace(/ +(?="$)/, ''))),
  ),
  lostCharacterFault('hyphen-lost', 'extended strings lose their hyphens', ['EX-CHARS'], '-'),
  answerFault(
    'ex-upper-cased',
    'extended strings are saved in capitals',
    ['EX-READ-3', 'EX-CHARS-ANY'],
    extendedSaves,
    (call, _, next) => next({ ...call, parameters: call.parameters.toUpperCase() }),
  ),
  answerFault(
    'ex-null-kept',
    'a field that is set to "NULL" keeps its older value',
    ['EX-NULL-CLEARS'],
    extendedSaves,
    (call, { nvram }, next) => {
      const items = extendedRecords.find(({ type }) => String(type) === call.parameters[0])?.fields ?? [];
      const kept = (piece: string, index: number): string => {
        const older = nvram.read(items[index - 2]?.item ?? '');
        return piece === '"NULL"' && older !== undefined ? `"${older}"` : piece;
      };
      return next(withPieces(call, piecesOf(call).map(kept)));
    },
  ),
  answerFault(
    'ex-null-refused',
    'refuses the string "NULL"',
    ['EX-NULL'],
    extendedSaves,
    (call, module, next) => (piecesOf(call).includes('"NULL"') ? refuseValue(module) : next(call)),
  ),
  answerFault(
    'unclosed-quote-resets',
    'an unclosed quote resets the module',
    ['BOOT-ALIVE'],
    (call) => isCmdmp(call) && (call.parameters.split('"').length - 1) % 2 === 1,
    (call, _, next) => ({ ...next(call), then: 'reset' }),
  ),
  answerFault(
    'partial-refused-saved',
    'a server without a period is refused, but address and port are saved',
    ['CFG-PARTIAL-SAFE'],
    matchAccess(/^1,[\d.]+,\d+$/),
    (call, module, next) => {
      const answer = next(call);
      const [, address, port] = piecesOf(call);
      if (isRefused(answer)) writeItems(module, { dm_access_ip_address: address, dm_port: port });
      return answer;
    },
  ),
  answerFault(
    'ex-partial-refused-saved',
    'a software version without a name is refused, but saved',
    ['EX-PARTIAL-SAFE'],
    matchExtended(/^3,0,"[^"]*"$/),
    (call, module, next) => {
      const answer = next(call);
      if (isRefused(answer)) writeItems(module, { dm_ex_swver: unquote(piecesOf(call)[2] ?? '') });
      return answer;
    },
  ),
];

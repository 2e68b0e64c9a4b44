import { splitOutsideQuotes } from '../dmp/parse-parameters.ts';
import { isRefused } from '../module/answers.ts';
import type { Answer, Call, Module } from '../module/handler.ts';
import type { ClientPlan } from '../network/client-plan.ts';
import type { Fault } from './fault.ts';

/** Which commands a fault is about. */
export type Match = (call: Call) => boolean;

/** Commands of AT+QDMPCFG= whose parameters look like this. */
export const matchAccess =
  (parameters: RegExp): Match =>
  (call) =>
    call.name === '+QDMPCFG' && call.form === 'write' && parameters.test(call.parameters);

/** Commands of AT+QDMPCFGEX= whose parameters look like this. */
export const matchExtended =
  (parameters: RegExp): Match =>
  (call) =>
    call.name === '+QDMPCFGEX' && call.form === 'write' && parameters.test(call.parameters);

/** AT+QDMPCFG?. */
export const isActiveRead: Match = (call) => call.name === '+QDMPCFG' && call.form === 'read';

/** Either command, in any form. */
export const isCmdmp: Match = (call) => call.name === '+QDMPCFG' || call.name === '+QDMPCFGEX';

/** A fault that answers some commands in its own way. */
export const answerFault = (
  id: string,
  describe: string,
  match: Match,
  answer: NonNullable<Fault['answer']>,
): Fault => ({
  id,
  describe,
  answer: (call, module, next) => (match(call) ? answer(call, module, next) : next(call)),
});

/** A fault that only spoils the information lines of some commands' good answers. */
export const lineFault = (
  id: string,
  describe: string,
  match: Match,
  edit: (lines: readonly string[], module: Module) => readonly string[],
): Fault =>
  answerFault(id, describe, match, (call, module, next) => {
    const answer = next(call);
    return isRefused(answer) ? answer : { ...answer, lines: edit(answer.lines, module) };
  });

/** A fault that does something more once some commands have been carried out. */
export const sideEffectFault = (
  id: string,
  describe: string,
  match: Match,
  more: (module: Module, call: Call) => void,
): Fault =>
  answerFault(id, describe, match, (call, module, next) => {
    const answer = next(call);
    if (!isRefused(answer)) more(module, call);
    return answer;
  });

/** A fault that spoils the bytes of some commands' answers. */
export const byteFault = (
  id: string,
  describe: string,
  match: Match,
  edit: (bytes: string, module: Module) => string,
): Fault => ({
  id,
  describe,
  bytes: (answer, call, module) => (match(call) ? edit(answer, module) : answer),
});

/** A fault of the LwM2M client: parts of what it goes by are other than they should be. */
export const planFault = (
  id: string,
  describe: string,
  change: (plan: ClientPlan, module: Module) => Partial<ClientPlan>,
): Fault => ({
  id,
  describe,
  clientPlan: (plan, module) => ({ ...plan, ...change(plan, module) }),
});

/** A command's parameters as they stand between its commas, quotes still on them. */
export const piecesOf = (call: Call): readonly string[] => splitOutsideQuotes(call.parameters);

/** The same command with other parameters. */
export const withPieces = (call: Call, pieces: readonly string[]): Call => ({
  ...call,
  parameters: pieces.join(','),
});

export const unquote = (piece: string): string => piece.replace(/^"|"$/g, '');

/** Erases items, or sets them. */
export const writeItems = (module: Module, changes: Readonly<Record<string, string | undefined>>): void =>
  module.nvram.commit(new Map(Object.entries(changes)));

export const erased = (items: readonly string[]): Readonly<Record<string, undefined>> =>
  Object.fromEntries(items.map((item) => [item, undefined]));

/** The healthy module's error for a value it does not take. */
export const refuseValue = ({ settings }: Module): Answer => ({
  lines: [],
  result: { error: settings.errorValue === 'ERROR' ? undefined : settings.errorValue },
});

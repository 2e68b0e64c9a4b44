import { isRefused, refusedAs } from '../module/answers.ts';
import type { Answer, Call, Module } from '../module/handler.ts';
import type { ClientPlan } from '../network/client-plan.ts';
import type { Fault } from './fault.ts';
import type { Match } from './match-command.ts';

/** A fault that answers some commands in its own way. */
export const answerFault = (
  id: string,
  describe: string,
  breaks: Fault['breaks'],
  match: Match,
  answer: NonNullable<Fault['answer']>,
): Fault => ({
  id,
  describe,
  breaks,
  answer: (call, module, next) => (match(call) ? answer(call, module, next) : next(call)),
});

/** A fault that changes the information lines of some commands; errors stay as they are. */
export const lineFault = (
  id: string,
  describe: string,
  breaks: Fault['breaks'],
  match: Match,
  edit: (lines: readonly string[], module: Module) => readonly string[],
): Fault =>
  answerFault(id, describe, breaks, match, (call, module, next) => {
    const answer = next(call);
    return isRefused(answer) ? answer : { ...answer, lines: edit(answer.lines, module) };
  });

/** A fault that does something more after some commands, unless they were refused. */
export const sideEffectFault = (
  id: string,
  describe: string,
  breaks: Fault['breaks'],
  match: Match,
  sideEffect: (module: Module, call: Call) => void,
): Fault =>
  answerFault(id, describe, breaks, match, (call, module, next) => {
    const answer = next(call);
    if (!isRefused(answer)) sideEffect(module, call);
    return answer;
  });

/** A fault that changes the bytes of some answers, framing included. */
export const byteFault = (
  id: string,
  describe: string,
  breaks: Fault['breaks'],
  match: Match,
  edit: (bytes: string, module: Module) => string,
): Fault => ({
  id,
  describe,
  breaks,
  bytes: (answer, call, module) => (match(call) ? edit(answer, module) : answer),
});

/** A fault of the LwM2M client: some parts of its plan are wrong. */
export const planFault = (
  id: string,
  describe: string,
  breaks: Fault['breaks'],
  change: (plan: ClientPlan, module: Module) => Partial<ClientPlan>,
): Fault => ({
  id,
  describe,
  breaks,
  clientPlan: (plan, module) => ({ ...plan, ...change(plan, module) }),
});

/** Saves these items; `undefined` erases one. */
export const writeItems = (module: Module, changes: Readonly<Record<string, string | undefined>>): void =>
  module.nvram.commit(new Map(Object.entries(changes)));

export const eraseItems = (module: Module, items: readonly string[]): void =>
  writeItems(module, Object.fromEntries(items.map((item) => [item, undefined])));

/** The error answer of the healthy module to a wrong value. */
export const refuseValue = ({ settings }: Module): Answer => refusedAs(settings.errorValue);

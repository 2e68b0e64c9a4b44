import type { Answer, Call, Module } from '../../module/handler.ts';
import type { Fault } from '../fault.ts';
import type { CommandPlace, Hooks, Place, ValueEdit, ValuePlace } from './place.ts';

/** What a firmware does that is wrong at a place. */
export interface Wrong {
  /** Made anew for each module, since it may remember. */
  readonly hooks: () => Hooks;
  /** The clauses that it breaks; absent: those of the place. */
  readonly breaks?: Fault['breaks'];
}

/** A way to be wrong. */
export interface Operator {
  /** In kebab case; with a number where there are several of a kind: `cut-at-3`. */
  readonly id: string;
  /** The operators that are counted together in a report: `cut-at`. */
  readonly group: string;
  /** What it does, behind the description of a place: "is cut after 3 bytes". */
  readonly describe: string;
  /** What it makes of a place; undefined: it means nothing there. */
  readonly at: (place: Place) => Wrong | undefined;
  /** Why no clause can see it at a place where it means something; undefined: one can. */
  readonly unseenAt?: (place: Place) => string | undefined;
}

interface Own {
  readonly group?: string;
  /** The places that it means something for; absent: all. */
  readonly where?: (place: ValuePlace) => boolean;
  readonly breaks?: (place: ValuePlace) => Fault['breaks'];
  readonly unseen?: (place: ValuePlace) => string | undefined;
}

/** An operator that changes a value wherever one passes. @param edit made for each place */
export const valueOperator = (
  id: string,
  describe: string,
  edit: (place: ValuePlace) => ValueEdit,
  { group = id, where = () => true, breaks, unseen }: Own = {},
): Operator => ({
  id,
  group,
  describe,
  at: (place) =>
    place.on === 'value' && where(place)
      ? { hooks: () => place.hooks(edit(place)), ...(breaks && { breaks: breaks(place) }) }
      : undefined,
  unseenAt: (place) => (place.on === 'value' ? unseen?.(place) : undefined),
});

/** Changes the answer of a command where it is no refusal. */
export type AnswerEdit = (answer: Answer, next: (call: Call) => Answer, call: Call, module: Module) => Answer;

/** The hooks of a firmware that answers one form in its own way. */
export const answerHooks = ({ match }: CommandPlace, edit: AnswerEdit): Hooks => ({
  answer(call, module, next) {
    const answer = next(call);
    return match(call) && answer.result === 'OK' ? edit(answer, next, call, module) : answer;
  },
});

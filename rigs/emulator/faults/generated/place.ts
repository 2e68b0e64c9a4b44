import type { Call } from '../../module/handler.ts';
import type { Fault } from '../fault.ts';
import type { Match } from '../match-command.ts';
import type { RecordField } from './record-field.ts';

/** What a fault does; its id, description and clauses are made elsewhere. */
export type Hooks = Omit<Fault, 'id' | 'describe' | 'breaks'>;

/** What is known at the moment in which a place is passed. */
export interface Passing {
  /** How often it was passed since the module booted; at a boot: boots since this value was saved. From 1. */
  readonly nth: number;
  /** How often it was passed since the fault is on. From 1. */
  readonly count: number;
  /** The command of the two that came before, and whether it was refused. */
  readonly last: { readonly call: Call; readonly refused: boolean } | undefined;
}

/** What is known at the moment in which a value passes. */
export interface ValuePassing extends Passing {
  /** The value of the save before this one. */
  readonly before: string | undefined;
  /** The value of the field beside it. */
  readonly neighbour: string | undefined;
  /** A value of the other command. */
  readonly elsewhere: string;
}

/** Changes a value on its way; undefined: it is lost. */
export type ValueEdit = (value: string, passing: ValuePassing) => string | undefined;

interface Known {
  /** Readable and stable: `access.imei.read`. */
  readonly id: string;
  /** The places that are counted together in a report: `access.read`. */
  readonly group: string;
  /** What is wrong there, without an end: "the imei that AT+QDMPCFG? shows". */
  readonly describe: string;
  /** The clauses that are broken where this place is wrong. */
  readonly breaks: Fault['breaks'];
}

/** A moment at which the value of a field passes: it is saved, shown, kept over a reboot, taken into use, sent. */
export interface ValuePlace extends Known {
  readonly on: 'value';
  readonly field: RecordField;
  /** `boot`: it is passed once a boot. `shown`: as often as it is asked for. */
  readonly moment: 'shown' | 'saved' | 'boot';
  readonly hooks: (edit: ValueEdit) => Hooks;
  /** Where the module is to wait for a reboot: what it does if it does not wait, and what that breaks. */
  readonly early?: { readonly hooks: () => Hooks; readonly breaks: Fault['breaks'] };
}

/** A field that an erase command erases. */
export interface ErasePlace extends Known {
  readonly on: 'erase';
  /** @param keeps whether the field is not erased this time */
  readonly hooks: (keeps: (passing: Passing) => boolean) => Hooks;
}

/** The answer to one form of a command. */
export interface CommandPlace extends Known {
  readonly on: 'command';
  readonly match: Match;
  /** How many information lines a healthy module answers. */
  readonly lines: number;
  /** The clause of its time. */
  readonly time: string;
  /** The call whose answer may come instead: that of another record of this command. */
  readonly instead: string | undefined;
}

/** An access state that is reached, and shown by AT+QDMPCFG=6. */
export interface StatePlace extends Known {
  readonly on: 'state';
  readonly state: number;
}

export type Place = ValuePlace | ErasePlace | CommandPlace | StatePlace;

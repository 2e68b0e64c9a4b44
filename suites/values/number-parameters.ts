import { access as note, accessWrite, extended, extendedWrite } from '../../harness/jest/suite.ts';
import { saveWith } from './commands.ts';
import { type BoundaryValue, numberForms, numberLadder, rungsOf } from './ladder.ts';
import { extendedReadBack, readBack, type ReadBackQuery } from './open-inputs.ts';

/** A numeric parameter of either command, with spellings that the note does not mention. */
export interface NumberParameter {
  /** Its name in observation keys. */
  readonly field: string;
  /** The command with the parameter as given; a query where possible, because an accepted write wears NVRAM. */
  readonly command: (typed: string) => string;
  /** The query that shows the effect. */
  readonly back: ReadBackQuery;
  readonly forms: readonly Pick<BoundaryValue, 'name' | 'text'>[];
}

interface ParameterSpec extends Pick<NumberParameter, 'field' | 'command' | 'back'> {
  /** A valid value that differs from what `arrangeSamples` saves. */
  readonly value: number;
  /** Texts that are not whole numbers and that no clause says are refused. */
  readonly open: readonly BoundaryValue[];
}

const rangeOf = (all: readonly number[]): { min: number; max: number } => ({
  min: Math.min(...all),
  max: Math.max(...all),
});

/** Decimal fractions; CFG-TYPE-OUTSIDE and similar clauses cover only other numbers, negative ones and text. */
const decimals = (all: readonly number[]): readonly BoundaryValue[] =>
  rungsOf(numberLadder(rangeOf(all)), 'decimal');

const queryOptions = [...note.queryOptions, note.reservedOption];
const acts = Object.values(extended.acts);

const parameterSpecs: readonly ParameterSpec[] = [
  { field: 'dmmode', value: 1, command: saveWith.dmmode, back: readBack.mode, open: [] },
  {
    field: 'serverPort',
    value: 5701,
    command: saveWith.serverPort,
    back: readBack.server,
    open: rungsOf(numberLadder(note.serverPort), 'decimal', 'text'),
  },
  { field: 'updatePeriod', value: 301, command: saveWith.updatePeriod, back: readBack.server, open: [] },
  { field: 'tmlType', value: 2, command: saveWith.tmlType, back: readBack.tmlType, open: [] },
  {
    field: 'type',
    value: 4,
    command: (type) => accessWrite(type, 0),
    back: readBack.mode,
    open: decimals(note.types),
  },
  {
    field: 'queryOpt',
    value: 0,
    command: (option) => accessWrite(4, option),
    back: readBack.mode,
    open: decimals(queryOptions),
  },
  {
    field: 'eraseOpt',
    value: 0,
    command: (option) => accessWrite(5, option),
    back: readBack.mode,
    open: decimals(note.eraseOptions),
  },
  {
    field: 'EX.type',
    value: 1,
    command: (type) => extendedWrite(type, extended.acts.read),
    back: extendedReadBack(1),
    open: decimals(extended.types),
  },
  {
    field: 'EX.act',
    value: extended.acts.read,
    command: (act) => extendedWrite(1, act),
    back: extendedReadBack(1),
    open: decimals(acts),
  },
];

/** Every numeric parameter of both commands. An IMEI is a string of digits, so it is not one. */
export const numberParameters: readonly NumberParameter[] = parameterSpecs.map(
  ({ value, open, ...parameter }) => ({
    ...parameter,
    forms: [...numberForms(value), ...open],
  }),
);

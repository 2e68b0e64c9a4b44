import { clause, extended as note, extendedRecords, extendedWrite, quote } from '../harness/jest/suite.ts';
import { arrangeSamples } from './records/arrange-samples.ts';
import { openTries } from './refusals/open-tries.ts';
import { judgePartial } from './refusals/partial-inputs.ts';
import { groupDeadlineMs } from './refusals/refusals.ts';
import { refusedTogether } from './refusals/refused-together.ts';
import { type Input, otherStrings } from './values/commands.ts';
import { beyondMembers } from './values/ladder.ts';
import { answerText, extendedReadBack } from './values/open-inputs.ts';

const nightly = { deadlineMs: groupDeadlineMs } as const;

const types = beyondMembers(note.types).flatMap(({ name, text }): Input[] =>
  [extendedWrite(text, 0, '"abc"'), extendedWrite(text, 1), extendedWrite(text, 2)].map((command) => ({
    name: `type ${name}`,
    command,
  })),
);

const acts = [
  ...beyondMembers(Object.values(note.acts)).flatMap(({ name, text }): Input[] => [
    { name: `act ${name}`, command: extendedWrite(1, text) },
    { name: `act ${name}, with a string`, command: extendedWrite(1, text, '"abc"') },
  ]),
  ...extendedRecords.map(({ type }) => ({ name: `type ${type}, act 3`, command: extendedWrite(type, 3) })),
];

/** The strings of a record and some more; the command pattern of the note ends at four. */
const surplus = extendedRecords.flatMap(({ type, fields }): Input[] =>
  [...new Set([fields.length + 1, Math.max(fields.length + 1, 4), 5])].map((count) => ({
    name: `type ${type}, ${count} strings`,
    command: extendedWrite(
      type,
      0,
      ...[...otherStrings(type), ...Array<string>(5).fill('abc')].slice(0, count).map(quote),
    ),
  })),
);

refusedTogether('nightly', [
  {
    id: 'EX-NO-READ',
    title: 'there is no read form',
    inputs: [{ name: 'read form', command: 'AT+QDMPCFGEX?' }],
  },
  { id: 'EX-TYPE-OUTSIDE', title: 'types outside 0 to 5 are refused, whatever the act', inputs: types },
  { id: 'EX-ACT-OUTSIDE', title: 'acts other than 0, 1 and 2 are refused', inputs: acts },
  { id: 'EX-ARITY-SURPLUS', title: 'more strings than a type takes are refused', inputs: surplus },
]);

const partials = extendedRecords.flatMap(({ type, fields }) =>
  fields.map((_, count) => ({
    name: `${type}.${count}`,
    command: extendedWrite(type, 0, ...otherStrings(type).slice(0, count).map(quote)),
    back: extendedReadBack(type),
  })),
);

judgePartial('EX-PARTIAL', 'fewer strings than a type takes', partials);

clause(
  ['EX-READ-PARAMETERS', 'ERR-ATOMIC'],
  'what parameters after act 1 or 2 do',
  async ({ module, observe }) => {
    await arrangeSamples(module);
    const tries = openTries(module);
    for (const { type } of extendedRecords) {
      for (const act of [note.acts.read, note.acts.erase]) {
        const exchange = await tries.exchange(extendedWrite(type, act, '"abc"'), extendedReadBack(type));
        observe(`EX-READ-PARAMETERS.${type}.${act}`, answerText(exchange));
      }
    }
    tries.expectAtomic();
  },
  nightly,
);

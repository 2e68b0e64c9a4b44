import { access as note, accessWrite, clause } from '../harness/jest/suite.ts';
import { arrange } from './arranged.ts';
import type { Input } from './commands.ts';
import { accessParameters, saveWith } from './commands.ts';
import { numberForms, numberLadder, rungsOf } from './ladder.ts';
import { readBack, tryOpen } from './open-inputs.ts';
import type { ReadBack } from './open-inputs.ts';
import { judgePartial } from './partial-inputs.ts';
import { groupDeadlineMs } from './refusals.ts';
import { refusedTogether } from './refused-together.ts';

const nightly = { deadlineMs: groupDeadlineMs } as const;
const release = { profile: 'release', deadlineMs: groupDeadlineMs } as const;

const surplus = [
  ...([0, 1, 2] as const).map((type) => [type, ...accessParameters[type]]),
  ...note.queryOptions.map((option) => [4, option]),
  ...note.eraseOptions.map((option) => [5, option]),
].flatMap((parameters): Input[] =>
  [
    { name: 'one parameter more', more: ['0'] },
    { name: 'an empty one more', more: [''] },
    { name: 'two parameters more', more: ['0', '0'] },
  ].map(({ name, more }) => ({
    name: `type ${parameters[0]}, ${name}`,
    command: accessWrite(...([...parameters, ...more] as [string, ...string[]])),
  })),
);

// First, since the last group of the file before shows the configuration that this one begins with.
refusedTogether('nightly', [{ id: 'CFG-ARITY', title: 'surplus parameters are refused', inputs: surplus }]);

const partialOf = (type: 0 | 1 | 2, back: ReadBack): readonly Input[] => {
  const all = accessParameters[type];
  const shorter = all.map((_, count) => ({ key: `${type}.${count}-given`, given: all.slice(0, count) }));
  const emptied = all.map((_, place) => ({
    key: `${type}.${place + 1}-empty`,
    given: (all as readonly string[]).with(place, ''),
  }));
  return [...shorter, ...emptied].map(({ key, given }) => ({
    name: key,
    command: accessWrite(type, ...given),
    back,
  }));
};

/** Parameters left out at the end, or left empty. */
const partials: readonly Input[] = [
  ...partialOf(0, readBack.mode),
  ...partialOf(1, readBack.server),
  ...partialOf(2, readBack.tmlIMEI),
  ...['4', '4,', '5', '5,', ''].map((parameters) => ({
    name: parameters === '' ? 'nothing' : parameters,
    command: accessWrite(parameters),
    back: readBack.mode,
  })),
];

// Where one is accepted, a server that was left out may have become a stranger's: then all is put back.
judgePartial('CFG-PARTIAL', 'parameters left out or empty', partials);

/** A numeric parameter, a good value that differs from what is arranged, and where it is read back. */
interface OpenNumber {
  readonly field: string;
  readonly value: number;
  readonly save: (typed: string) => string;
  readonly back: ReadBack;
}

/** One that is saved, and one that is not. */
const someNumbers: readonly OpenNumber[] = [
  { field: 'updatePeriod', value: 301, save: saveWith.updatePeriod, back: readBack.server },
  { field: 'queryOpt', value: 0, save: (option) => accessWrite(4, option), back: readBack.mode },
];

const otherNumbers: readonly OpenNumber[] = [
  { field: 'dmmode', value: 1, save: saveWith.dmmode, back: readBack.mode },
  { field: 'serverPort', value: 5701, save: saveWith.serverPort, back: readBack.server },
  { field: 'tmlType', value: 2, save: saveWith.tmlType, back: readBack.tmlType },
  { field: 'type', value: 0, save: (type) => accessWrite(type, 1), back: readBack.mode },
  { field: 'eraseOpt', value: 0, save: (option) => accessWrite(5, option), back: readBack.mode },
];

for (const { title, numbers, options } of [
  { title: 'a number with leading zeros, a sign, blanks or quotes', numbers: someNumbers, options: nightly },
  {
    title: 'every number with leading zeros, a sign, blanks or quotes',
    numbers: otherNumbers,
    options: release,
  },
]) {
  clause(
    'CFG-NUMBER-FORM',
    title,
    async ({ module, observe }) => {
      // What is read back of a query is the saved mode: it is known.
      await arrange(module);
      for (const { field, value, save, back } of numbers) {
        for (const { name, text } of numberForms(value)) {
          observe(`CFG-NUMBER-FORM.${field}.${name}`, await tryOpen(module, save(text), back));
        }
      }
    },
    options,
  );
}

/** What is no whole number, where no clause says that it is refused: ports, types and options. */
const noNumbers = [
  {
    field: 'serverPort',
    rungs: rungsOf(numberLadder(note.serverPort), 'decimal', 'text'),
    save: saveWith.serverPort,
    back: readBack.server,
  },
  {
    field: 'type',
    rungs: rungsOf(numberLadder({ min: 0, max: 6 }), 'decimal'),
    save: (type: string) => accessWrite(type, 1),
    back: readBack.mode,
  },
] as const;

clause(
  'CFG-NUMBER-FORM',
  'ports and types that are no whole numbers',
  async ({ module, observe }) => {
    for (const { field, rungs, save, back } of noNumbers) {
      for (const { name, text } of rungs) {
        const key = `CFG-NUMBER-FORM.${field}.${name.replaceAll(' ', '-')}`;
        observe(key, await tryOpen(module, save(text), back));
      }
    }
  },
  nightly,
);

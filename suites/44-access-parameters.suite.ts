import { access as note, accessWrite, arrangement } from '../harness/jest/suite.ts';
import { arrangeSamples } from './records/arrange-samples.ts';
import { openTries } from './refusals/open-tries.ts';
import { judgePartial } from './refusals/partial-inputs.ts';
import { groupDeadlineMs } from './refusals/refusals.ts';
import { refusedTogether } from './refusals/refused-together.ts';
import { accessParameters, type Input } from './values/commands.ts';
import { numberParameters } from './values/number-parameters.ts';
import { readBack, type ReadBackQuery } from './values/open-inputs.ts';

const nightly = { deadlineMs: groupDeadlineMs } as const;

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

// First, because this group begins with the configuration that the last group of 43-access-options leaves.
refusedTogether('nightly', [{ id: 'CFG-ARITY', title: 'surplus parameters are refused', inputs: surplus }]);

const partialOf = (type: 0 | 1 | 2, back: ReadBackQuery): readonly Input[] => {
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

/** Commands with parameters missing at the end, or empty. */
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

// If one is accepted, the server may have become a stranger's; `tryRefused` then saves the samples again.
judgePartial('CFG-PARTIAL', 'parameters left out or empty', partials);

// Arranged once for all: a query is read back by the saved mode, every other parameter by its own record.
const known = arrangement(nightly, ({ module }) => arrangeSamples(module));

for (const { field, command, back, forms } of numberParameters) {
  known.clause(
    ['CFG-NUMBER-FORM', 'ERR-ATOMIC'],
    `${field} with leading zeros, a sign, blanks or quotes, and where nothing is said of it as no whole number`,
    async ({ module, observe }) => {
      const tries = openTries(module);
      for (const { name, text } of forms) {
        const key = `CFG-NUMBER-FORM.${field}.${name.replaceAll(' ', '-')}`;
        observe(key, await tries.try(command(text), back));
      }
      tries.expectAtomic();
    },
  );
}

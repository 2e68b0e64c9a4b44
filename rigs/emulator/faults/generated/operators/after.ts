import { matchAccess, matchExtended } from '../../match-command.ts';
import type { Operator } from '../operator.ts';
import { anotherValue } from '../other-value.ts';
import type { Passing } from '../place.ts';

type Before = NonNullable<Passing['last']>;

const isState = matchAccess(/^6/);
const isErase = matchAccess(/^5,/);
const isExtendedErase = matchExtended(/^\d,2$/);

/** Only directly after another command, in words and in code. */
const commands: Readonly<Record<string, readonly [string, (last: Before) => boolean]>> = {
  state: ['after AT+QDMPCFG=6', ({ call }) => isState(call)],
  refusal: ['after a refused command', ({ refused }) => refused],
  test: ['after a test form', ({ call }) => call.form === 'test'],
  erase: ['after an erase', ({ call }) => isErase(call) || isExtendedErase(call)],
};

const after = (name: string, words: string, is: (last: Before) => boolean): Operator => ({
  id: `after-${name}`,
  group: 'after',
  describe: `is another value, or lost, only ${words}`,
  at(place) {
    const now = ({ last }: Passing): boolean => last !== undefined && is(last);
    if (place.on === 'erase') return { hooks: () => place.hooks(now) };
    // Before a boot comes the command that asks for it, or none.
    if (place.on !== 'value' || place.moment === 'boot') return undefined;
    const edit = (value: string): string => anotherValue(place.field, value);
    return { hooks: () => place.hooks((value, passing) => (now(passing) ? edit(value) : value)) };
  },
});

export const operators: readonly Operator[] = Object.entries(commands).map(([name, [words, is]]) =>
  after(name, words, is),
);

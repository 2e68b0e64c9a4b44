import { access as note, accessWrite, arrangement, clause } from '../harness/jest/suite.ts';
import { expectNoneChanged, groupDeadlineMs, tryHarmless } from './refusals/refusals.ts';
import { refusedTogether } from './refusals/refused-together.ts';
import { type Input, inputsOf } from './values/commands.ts';
import { beyondMembers } from './values/ladder.ts';
import { answerText } from './values/open-inputs.ts';

const nightly = { deadlineMs: groupDeadlineMs } as const;

clause(
  'CFG-STATE-PARAMETER',
  'what the state form answers to a parameter',
  async ({ module, observe }) => {
    for (const parameter of ['0', '6', '"abc"']) {
      const answer = answerText(await module.at(accessWrite(6, parameter)));
      // The state depends on the network, so only the form of the answer is observed.
      observe(`CFG-STATE-PARAMETER.${parameter}`, answer.replace(/^(\+QDMPCFG: 6, *)\d+/, '$1<dmstate>'));
    }
  },
  nightly,
);

const inputsFor = (commands: readonly string[]): readonly Input[] =>
  commands.map((command) => ({ name: command, command }));

/** Reserved values: their answers are open, but they must change nothing. */
const reserved = [
  {
    id: 'CFG-TYPE-3',
    what: 'type 3',
    inputs: inputsFor([accessWrite(3), accessWrite(3, 0), accessWrite(3, 1), accessWrite(3, '"abc"')]),
  },
  { id: 'CFG-QUERY-3', what: 'query option 3', inputs: inputsFor([accessWrite(4, note.reservedOption)]) },
  { id: 'CFG-ERASE-3', what: 'erase option 3', inputs: inputsFor([accessWrite(5, note.reservedOption)]) },
] as const;

function judgeReserved(dmmode: 0 | 1): void {
  for (const { id, what, inputs } of reserved) {
    // One group for each, so that a module which never answers one of them fails only that one.
    const tried = arrangement(nightly, ({ module }) => tryHarmless(module, inputs, dmmode));

    // A missing answer ends the test; CFG-TIME judges late ones.
    tried.clause(
      `${id}-SAFE`,
      `the reserved ${what} changes nothing while access mode ${dmmode} is saved`,
      ({ arranged }) => {
        expectNoneChanged(arranged);
        return Promise.resolve();
      },
    );

    if (dmmode !== 0) continue;
    tried.clause(id, `what the reserved ${what} answers`, ({ arranged, observe }) => {
      for (const { command, outcome } of arranged.answers) {
        const [, parameters = ''] = command.split('=');
        observe(`${id}.${parameters}`, outcome);
      }
      return Promise.resolve();
    });
  }
}

/** The query options of the note; option 4 exists for erases only. */
const queryOptions = [...note.queryOptions, note.reservedOption];

const beyond = [
  {
    id: 'CFG-TYPE-OUTSIDE',
    title: 'types outside 0 to 6 are refused',
    // If the type were read as 0, the parameter would save an access mode.
    inputs: inputsOf('type', beyondMembers(note.types), (type) => accessWrite(type, 1)),
  },
  {
    id: 'CFG-QUERY-OUTSIDE',
    title: 'query options beyond the stated ones are refused',
    inputs: inputsOf('query option', beyondMembers(queryOptions), (option) => accessWrite(4, option)),
  },
  {
    id: 'CFG-ERASE-OUTSIDE',
    title: 'erase options beyond the stated ones are refused',
    inputs: inputsOf('erase option', beyondMembers(note.eraseOptions), (option) => accessWrite(5, option)),
  },
] as const;

// With each mode saved: an input that saves or erases the mode can only be seen if the other mode was saved before.
// Mode 0 last, because the first group of the next file begins with the configuration that this file leaves.
for (const dmmode of [1, 0] as const) {
  judgeReserved(dmmode);
  refusedTogether('nightly', beyond, dmmode);
}

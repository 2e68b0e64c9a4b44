import { access as note, clause } from '../harness/jest/suite.ts';
import { expectServerSaved } from './records/expect-saved.ts';
import { openTries } from './refusals/open-tries.ts';
import { expectRefused, groupDeadlineMs } from './refusals/refusals.ts';
import { refusedTogether } from './refusals/refused-together.ts';
import { inputsOf, saveWith } from './values/commands.ts';
import { type BoundaryValue, numberLadder, rungsOf } from './values/ladder.ts';
import { readBack } from './values/open-inputs.ts';

const smoke = { profile: 'smoke', deadlineMs: groupDeadlineMs } as const;
const nightly = { deadlineMs: groupDeadlineMs } as const;
const release = { profile: 'release', deadlineMs: groupDeadlineMs } as const;

const modeLadder = numberLadder(note.dmmode);
const portLadder = numberLadder(note.serverPort);
const periodLadder = numberLadder(note.updatePeriod);
const terminalTypeLadder = numberLadder(note.tmlType);

const isEnd = ({ name }: BoundaryValue): boolean => name === 'min' || name === 'max';

const serverNumbers = [
  { id: 'CFG-PERIOD-RANGE', what: 'update period', field: 'updatePeriod', ladder: periodLadder, ends: smoke },
  { id: 'CFG-PORT-RANGE', what: 'port', field: 'serverPort', ladder: portLadder, ends: nightly },
] as const;

for (const { id, what, field, ladder, ends } of serverNumbers) {
  for (const { name, text } of rungsOf(ladder, 'inside').filter(isEnd)) {
    clause(
      id,
      `accepts the ${what} at its ${name}, ${text}`,
      ({ module }) => expectServerSaved(module, { [field]: Number(text) }),
      ends,
    );
  }

  clause(
    id,
    `accepts the ${what} within its ends`,
    async ({ module }) => {
      for (const { text } of rungsOf(ladder, 'inside')) {
        await expectServerSaved(module, { [field]: Number(text) });
      }
    },
    release,
  );
}

clause(
  ['CFG-PORT-0', 'ERR-ATOMIC'],
  'whether port 0 is accepted',
  async ({ module, observe }) => {
    const tries = openTries(module);
    observe('CFG-PORT-0', await tries.try(saveWith.serverPort('0'), readBack.server));
    tries.expectAtomic();
  },
  nightly,
);

const beyondKinds = ['outside', 'negative', 'decimal', 'text'] as const;

const modes = inputsOf('mode', rungsOf(modeLadder, ...beyondKinds), saveWith.dmmode);

clause(
  'CFG-MODE-OUTSIDE',
  'access modes other than 0 and 1 are refused while 1 is saved',
  // An input read as the mode that is already saved would change nothing, so both modes are tried.
  ({ module }) => expectRefused(module, modes, 1),
  nightly,
);

/** Without port 0, which CFG-PORT-0 observes. */
const portsBeyond = rungsOf(portLadder, 'outside', 'negative').filter(({ text }) => text !== '0');

const beyond = [
  {
    id: 'CFG-PERIOD-OUTSIDE',
    title: 'update periods outside 300 to 4294966 s are refused',
    inputs: inputsOf('period', rungsOf(periodLadder, ...beyondKinds), saveWith.updatePeriod),
  },
  {
    id: 'CFG-MODE-OUTSIDE',
    title: 'access modes other than 0 and 1 are refused while 0 is saved',
    inputs: modes,
  },
  {
    id: 'CFG-TML-OUTSIDE',
    title: 'terminal types other than 0, 1 and 2 are refused',
    inputs: inputsOf('terminal type', rungsOf(terminalTypeLadder, ...beyondKinds), saveWith.tmlType),
  },
  {
    id: 'CFG-PORT-RANGE',
    title: 'ports above 65535 and negative ones are refused',
    inputs: inputsOf('port', portsBeyond, saveWith.serverPort),
  },
] as const;

// Last, because the first group of the next file begins with the configuration that this group leaves.
refusedTogether('smoke', beyond);

import { scenario, type TestModule } from '../harness/jest/suite.ts';
import {
  ERASED_MODE,
  expectGone,
  expectSameEachTime,
  expectVolteForgotten,
  saved,
  shownOf,
  unusedCredentials,
  unusedServer,
} from './records/erased.ts';
import { numberedValues } from './records/numbered-values.ts';
import { throughReadBack } from './records/record-clauses.ts';
import { recordNamed } from './records/records.ts';

/** An erase that does nothing now and then shows among so many. */
const TIMES = 8;

/** A firmware may count its erases from a boot: the one that it loses must not be another test's. */
const booted = scenario({ reboot: 'soft', profile: 'release' }, ({ module }) => module.access.saveMode(0));

/**
 * The mode to be saved next. How an erased mode is shown is open, and one that was kept shows only where it differs from
 * that: after the first erase, always the one that would show.
 * @param shown what was shown after each erase so far
 */
const tellingMode = ([first]: readonly string[]): number =>
  first === undefined || first.includes('0,1') ? 0 : 1;

const theServer = recordNamed('QDMPCFG 1');
const theCredentials = recordNamed('QDMPCFG 2');
const theMac = recordNamed('QDMPCFGEX 1');

booted.clause('CFG-ERASE-0', `erasing the mode forgets it ${TIMES} times in a row`, async ({ module }) => {
  const shown: string[] = [];
  try {
    for (let time = 0; time < TIMES; time++) {
      await module.access.saveMode(tellingMode(shown));
      await module.access.erase(0);
      shown.push(await shownOf(module, 0));
    }
  } finally {
    // The module must not contact the default server at its next start.
    await module.access.saveMode(0);
  }
  expectSameEachTime(shown, ERASED_MODE);
});

/** An erase of another record, directly before: a firmware may take the two for one. */
async function eraseAnother(module: TestModule): Promise<void> {
  if (!module.has('AT+QDMPCFGEX')) return;
  await saved(module, theMac, numberedValues(theMac, 95));
  await module.extended.erase(1);
}

booted.clause(
  'CFG-ERASE-4',
  `erasing all forgets all three records ${TIMES} times in a row, after another erase, too`,
  async ({ module }) => {
    const server = await unusedServer(module);
    const keys = await unusedCredentials(module);
    const shown: string[] = [];
    try {
      for (let time = 0; time < TIMES; time++) {
        await module.access.saveMode(tellingMode(shown));
        await saved(module, theServer, server);
        await saved(module, theCredentials, keys);
        if (time % 2 === 1) await eraseAnother(module);
        await module.access.erase(4);
        shown.push(await shownOf(module, 0));
        await expectGone(module, theServer, server);
        await expectGone(module, theCredentials, keys);
      }
    } finally {
      await module.access.saveMode(0);
    }
    expectSameEachTime(shown, ERASED_MODE);
  },
);

booted.clause(
  'EX-ERASE-4',
  `erasing the VoLTE state forgets it ${TIMES} times in a row`,
  ({ module }) => expectVolteForgotten(module, TIMES),
  throughReadBack,
);

import { arrangement, expectNone, expectThat, type SavedRecord, shownBy } from '../../harness/jest/suite.ts';
import { throughReadBack } from '../records/record-clauses.ts';
import { isAccess } from '../records/records.ts';
import { interval } from './sweep-moments.ts';
import { describeCut, isLost, type Sweep, sweepRecord, type SweptCut } from './sweep-record.ts';

/** A sweep makes up to 14 boots, of five seconds and more on a real board, and waits three seconds for the last of them. */
const DEADLINE_MS = 600_000;

const MOMENT = 'CUT-MOMENT';

/**
 * Sweeps a record and judges what the cuts left of it: the old values or the new ones, the new ones from T after OK on,
 * all other records as they were, and one boot after each cut.
 */
export function judgeSweep(record: SavedRecord): void {
  const name = `sweep of ${record.name}`;
  const done = arrangement(
    { profile: 'release', needs: ['supplyCut'], deadlineMs: DEADLINE_MS },
    async (fixtures) => sweepRecord(fixtures, record),
  );

  done.clause(
    MOMENT,
    `${name}: each cut leaves it old or new, and all others unchanged`,
    ({ arranged: { cuts } }) => {
      const mixed = cuts.find(({ found, changed }) => found === 'spoiled' && changed.length === 0);
      shownBy([mixed?.reading], () =>
        expectThat(
          `${record.name} saved, after a supply cut ${mixed ? describeCut(mixed) : 'of its sweep'}`,
          {
            holds: mixed === undefined,
            expected: 'its old or its new values',
            got: mixed?.reading?.text ?? mixed?.reading?.final,
            proven: mixed?.again ?? false,
          },
        ),
      );
      const spoiling = cuts.find(({ changed }) => changed.length > 0);
      shownBy(spoiling?.changedReadings ?? [], () => expectUnchanged(spoiling));
      return Promise.resolve();
    },
    // What the records held before each cut was read without a reboot.
    { through: ['CUT-ATOMIC', ...throughReadBack.through] },
  );

  done.clause(
    MOMENT,
    `${name}: its new values survive each cut that comes T or more after OK`,
    ({ arranged: { cuts, durableMs } }) => {
      const lost = cuts.find((cut) => isLost(cut, durableMs));
      shownBy([lost?.reading], () =>
        expectThat(`${record.name} saved, after a supply cut ${lost ? describeCut(lost) : 'of its sweep'}`, {
          holds: lost === undefined,
          expected: `the values that were answered OK (module.durableMs of the rig is ${durableMs} ms)`,
          got: `those of before, ${lost?.reading?.text ?? 'none'}`,
          proven: lost?.again ?? false,
        }),
      );
      return Promise.resolve();
    },
    { through: [isAccess(record) ? 'CFG-PERSIST-KINDS' : 'EX-PERSIST-KINDS'] },
  );

  done.clause(
    'BOOT-ALIVE',
    `${name}: the module is back after each cut, and boots once`,
    ({ arranged: { cuts } }) => {
      expectNone(
        'cuts followed by more than one boot',
        cuts
          .filter(({ boots }) => boots > 1)
          .map((cut) => `${cut.boots} boots after a cut ${describeCut(cut)}`),
      );
      return Promise.resolve();
    },
  );

  done.clause(
    MOMENT,
    `${name}: when old becomes new`,
    ({ arranged: { cuts, durableMs }, observe, recordSweep }) => {
      recordSweep({
        record: record.name,
        durableMs,
        cuts: cuts.map(({ cutMs, okMs, found }) => ({
          ms: rounded(cutMs),
          okMs: okMs === undefined ? null : rounded(okMs),
          found,
        })),
      });
      observe(`${MOMENT}.${record.name.replace(' ', '-')}`, describeMoment(cuts));
      return Promise.resolve();
    },
  );
}

const rounded = (ms: number): number => Math.round(ms * 10) / 10;

function expectUnchanged(spoiling: SweptCut | undefined): void {
  expectThat(
    `other records${spoiling ? `, after a supply cut ${describeCut(spoiling)}` : ' after a sweep'}`,
    {
      holds: spoiling === undefined,
      expected: 'unchanged',
      got: spoiling?.changed.join('; '),
      proven: spoiling?.again ?? false,
    },
  );
}

/** The moment at which old becomes new, as an interval. */
function describeMoment(cuts: Sweep['cuts']): string {
  const [lastOld, firstNew] = interval(cuts).map(Math.round) as [number, number];
  const after = 'ms after the last byte of the save';
  if (firstNew === Infinity) return `old up to ${lastOld} ${after}, the last cut`;
  if (lastOld === -Infinity) return `new from ${firstNew} ${after}, the first cut`;
  if (firstNew <= lastOld) return `between ${firstNew} and ${lastOld} ${after} it is old or new`;
  return `old up to ${lastOld}, new from ${firstNew} ${after}`;
}

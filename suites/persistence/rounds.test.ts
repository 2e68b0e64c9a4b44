import { type RebootKind, savedRecords } from '../../harness/jest/suite.ts';
import { numberedValues } from '../records/numbered-values.ts';
import { isAccess, recordNamed } from '../records/records.ts';
import { cutName, neighboursOf, releaseCuts, valuesBefore } from './early-cuts.ts';
import {
  fillNumber,
  leftErased,
  type Operation,
  recordsOf,
  type Round,
  rounds,
  savedNumber,
} from './rounds.ts';

const kinds: readonly RebootKind[] = ['soft', 'reset-pin', 'power-cycle', 'supply-cut'];
const access = savedRecords.filter(isAccess);
const cuts = [...rounds.flatMap(({ cut }) => cut ?? []), ...releaseCuts];

const roundsOf = (kind: RebootKind): readonly Round[] => rounds.filter((round) => round.kind === kind);

/** Whether some round of this kind does this to the record, and judges it. */
const judged = (kind: RebootKind, name: string, ...operations: readonly Operation[]): boolean =>
  roundsOf(kind).some((round) => recordsOf(round, ...operations).some((record) => record.name === name));

describe('the rounds of the persistence matrix', () => {
  test.each(kinds)('%s: every record is saved in one round and erased in another', (kind) => {
    const saved = savedRecords.filter(({ name }) => judged(kind, name, 'save'));
    const erased = savedRecords.filter(({ name }) => judged(kind, name, 'erase', 'erase all'));
    expect(saved).toEqual(savedRecords);
    expect(erased).toEqual(savedRecords);
  });

  test.each(kinds)('%s: every record is erased by its own option', (kind) => {
    for (const { name } of access) expect([name, judged(kind, name, 'erase')]).toEqual([name, true]);
  });

  test.each(['soft', 'supply-cut'] as const)('%s: =5,4 is used', (kind) => {
    expect(access.some(({ name }) => judged(kind, name, 'erase all'))).toBe(true);
  });

  test('every record except the mode is kept over a second soft reset', () => {
    const soft = roundsOf('soft');
    const left = (erased: boolean) =>
      savedRecords.filter((record) =>
        soft.some(
          (round) =>
            recordsOf(round, 'keep').includes(record) && leftErased(round).includes(record) === erased,
        ),
      );
    expect(left(false)).toEqual(savedRecords.slice(1));
    expect(left(true)).toEqual(savedRecords.filter((record) => !isAccess(record)));
  });

  test('records erased by AT+QDMPCFG are seen at their defaults after a second reboot', () => {
    const left = rounds.flatMap((round) => leftErased(round).filter(isAccess));
    expect(left).toEqual(access.slice(1));
  });

  test('a record is left erased from its erase to its next save', () => {
    expect(leftErased(rounds[0] as Round)).toEqual([]);
    expect(rounds.map((round) => leftErased(round).length)).toEqual([
      0,
      0,
      0,
      6,
      2,
      0,
      3,
      0,
      0,
      0,
      0,
      3,
      ...Array<number>(6).fill(0),
    ]);
  });

  test('=5,4 is judged for each of the three records', () => {
    for (const { name } of access) {
      expect([name, kinds.some((kind) => judged(kind, name, 'erase all'))]).toEqual([name, true]);
    }
  });

  test('every round saves the mode or the server, so no stranger is contacted', () => {
    for (const { name, cells } of rounds) {
      const [mode, server] = cells;
      expect([name, [mode?.operation, server?.operation]]).toEqual([name, expect.arrayContaining(['save'])]);
    }
  });

  test('=5,4 is used only where each of its records is to be erased, or saved after it', () => {
    const others = rounds
      .filter((round) => recordsOf(round, 'erase all').length > 0)
      .flatMap((round) => round.cells.filter(({ record }) => isAccess(record)))
      .filter(({ operation }) => operation !== 'erase all' && operation !== 'save');
    expect(others).toEqual([]);
  });

  test('a smoke run has one round, which saves all records except the mode', () => {
    const smoke = rounds.filter(({ profile }) => profile === 'smoke');
    expect(smoke.map(({ kind }) => kind)).toEqual(['soft']);
    expect(smoke.flatMap((round) => recordsOf(round, 'save'))).toEqual(savedRecords.slice(1));
  });

  test('a nightly run reboots 12 times for them, a release run 49 times', () => {
    expect(rounds.filter(({ profile }) => profile !== 'release')).toHaveLength(12);
    expect(rounds.length + releaseCuts.length).toBeLessThanOrEqual(49);
  });

  test.each(kinds.slice(1))(
    '%s: a release run also saves every record over a saved value, and keeps it over a second one',
    (kind) => {
      const [over, second, ...others] = roundsOf(kind).filter(({ profile }) => profile === 'release');
      expect(over && second && others).toEqual([]);
      expect([over?.overSaved, recordsOf(over as Round, 'save')]).toEqual([true, savedRecords]);
      expect([second?.overSaved, recordsOf(second as Round, 'keep')]).toEqual([false, savedRecords.slice(1)]);
      expect(leftErased(second as Round)).toEqual([]);
    },
  );
});

describe('early supply cuts', () => {
  test('only rounds that end with a supply cut have one', () => {
    expect(rounds.filter(({ cut }) => cut).map(({ kind }) => kind)).toEqual(Array(3).fill('supply-cut'));
  });

  test('no two of a run have the same name, so no observation is lost', () => {
    expect(new Set(cuts.map(cutName)).size).toBe(cuts.length);
  });

  test.each(['save', 'erase'] as const)('the %s of every record is interrupted', (operation) => {
    const cutInto = new Set(cuts.filter((cut) => cut.operation === operation).map(({ record }) => record));
    expect(savedRecords.filter((record) => !cutInto.has(record))).toEqual([]);
  });

  test('writes of records with several fields are interrupted at many delays', () => {
    for (const { name, fields } of savedRecords) {
      const delays = cuts.filter(({ record }) => record.name === name).map(({ delayMs }) => delayMs);
      expect(new Set(delays).size).toBeGreaterThanOrEqual(fields > 2 ? 5 : 1);
    }
  });

  test('one of a nightly run comes while every other record but the mode holds what was just saved', () => {
    const filled = rounds.filter(({ cut, cells }) =>
      cells.every(({ record, operation }) => cut && (record.name === 'QDMPCFG 0' || operation === 'save')),
    );
    expect(filled).toHaveLength(1);
  });

  test('those of a release run come while every other record but the mode holds something', () => {
    for (const cut of releaseCuts) {
      const others = savedRecords.filter(({ name }) => name !== 'QDMPCFG 0' && name !== cut.record.name);
      expect(neighboursOf(cut)).toEqual(others);
    }
  });

  test('each save changes the record', () => {
    for (const cut of cuts.filter(({ operation }) => operation === 'save')) {
      expect(numberedValues(cut.record, cut.number)).not.toEqual(valuesBefore(cut));
    }
  });
});

test('an app key that can be cut short is saved, and judged, before each kind of reboot', () => {
  const theCredentials = recordNamed('QDMPCFG 2');
  const long = rounds.filter((round) => {
    const [appKey] = numberedValues(theCredentials, savedNumber(round));
    // A sound module may take no longer key (CFG-KEY-LENGTH).
    const fills = appKey?.length === 16;
    return fills && round.profile !== 'release' && recordsOf(round, 'save').includes(theCredentials);
  });
  expect(long.map(({ kind }) => kind)).toEqual(kinds);
});

describe('numbered values', () => {
  const used = [
    ...rounds.flatMap((round) => [savedNumber(round), fillNumber(round)]),
    ...releaseCuts.flatMap(({ number }) => [number - 1, number]),
  ];

  test('rounds and cuts share none', () => {
    expect(new Set(used).size).toBe(used.length);
  });

  test.each(savedRecords.filter(({ name }) => name !== 'QDMPCFG 0'))(
    '$name: two neighbours differ in every field',
    (record) => {
      for (const number of used) {
        const [values, next] = [numberedValues(record, number), numberedValues(record, number + 1)];
        expect(values).toHaveLength(record.fields);
        expect(values.filter((value, field) => value === next[field])).toEqual([]);
      }
    },
  );
});

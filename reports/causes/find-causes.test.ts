import { mayFollowFrom, wrongRecords } from './consequence.ts';
import { findCauses } from './find-causes.ts';
import { imei15, judgedTest, key12, refusedTest, shown } from './judged-test.fixture.ts';

const brief = (all: Parameters<typeof findCauses>[0]) =>
  findCauses(all).map(({ kind, subject, tests }) => `${kind} ${subject}: ${tests.join(' ')}`);

const passed = (name: string, ...clauses: string[]) => judgedTest(name, clauses);

test('a run without failures has no causes', () => {
  expect(findCauses([passed('a', 'CFG-A')])).toEqual([]);
});

describe('the cause of refused saves', () => {
  const failures = [
    refusedTest('a', 'CFG-SAVE-2', 'CFG-QUERY-2'),
    refusedTest('b', 'CFG-IMEI-LENGTH'),
    refusedTest('c', 'CFG-PERSIST'),
  ];
  const other = judgedTest('d', ['CFG-SAVE-2'], { ok: [key12] });

  test('is the class of input that no test saw accepted', () => {
    const [cause, ...more] = findCauses([...failures, other]);
    expect(more).toEqual([]);
    expect(cause).toMatchObject({
      kind: 'refuses',
      subject: 'an IMEI of 15 bytes',
      tests: ['a', 'b', 'c'],
      of: 3,
      against: 0,
      first: { test: 'a' },
      commands: [shown().command],
    });
    expect(cause?.clauses[0]).toBe('CFG-IMEI-LENGTH');
  });

  test('explains less the more tests used the same without harm', () => {
    const sound = [1, 2, 3, 4].map((nth) => judgedTest(`s${nth}`, ['CFG-X'], { ok: [imei15, key12] }));
    const [cause] = findCauses([...failures, ...sound]);
    expect(cause?.kind).toBe('breaks');
  });

  test('explains what failed after the same refusal, though that was not what it looked at', () => {
    const late = judgedTest('late', ['CFG-APPLY'], {
      failure: { about: ['QDMPCFG 2 in use'] },
      refused: [imei15],
    });
    expect(brief([...failures, other, late])).toEqual(['refuses an IMEI of 15 bytes: a b c late']);
  });
});

test('what is accepted and must be refused is named by its class of input', () => {
  const shownOk = shown({ ok: true, uses: [{ what: 'access mode 2', clause: 'CFG-MODE-OUTSIDE' }] });
  const failure = { how: 'accepted' as const, shown: [shownOk] };
  const beside = judgedTest('b', ['ERR-FORM'], { ok: [{ what: 'access mode 2' }] });
  expect(brief([judgedTest('a', ['CFG-MODE-OUTSIDE'], { failure }), beside])).toEqual([
    'accepts access mode 2: a',
  ]);
  const contradicted = judgedTest('b', ['ERR-FORM'], { refused: [{ what: 'access mode 2' }] });
  expect(brief([judgedTest('a', ['CFG-MODE-OUTSIDE'], { failure }), contradicted])).toEqual([
    'breaks CFG-MODE-OUTSIDE: a',
  ]);
});

describe('wrong readings', () => {
  const wrong = (name: string, about: string, ...clauses: string[]) =>
    judgedTest(name, clauses, { failure: { about: [about] } });

  test('are grouped by what was looked at where that was right nowhere', () => {
    const all = [
      wrong('a', 'QDMPCFG 1 saved', 'CFG-SAVE-1', 'CFG-QUERY-1'),
      wrong('b', 'QDMPCFG 1 saved, after a reboot (soft)', 'CFG-PERSIST'),
      passed('c', 'CFG-PERSIST'),
    ];
    expect(brief(all)).toEqual(['shows wrongly QDMPCFG 1 saved: a b']);
  });

  test('are grouped by their clause where the same was right in other tests', () => {
    const all = [
      wrong('a', 'QDMPCFG 1 saved, after a reboot (soft)', 'CFG-PERSIST'),
      wrong('b', 'QDMPCFG 2 saved, after a reboot (soft)', 'CFG-PERSIST'),
      judgedTest('c', ['CFG-SAVE-1'], { held: ['QDMPCFG 1 saved', 'QDMPCFG 2 saved'] }),
    ];
    expect(brief(all)).toEqual(['breaks CFG-PERSIST: a b']);
  });
});

test('faults that have nothing in common are causes of their own, the most telling first', () => {
  const all = [
    judgedTest('one', ['CFG-TEST'], { failure: { about: ['the answer to AT+QDMPCFG=?'] } }),
    refusedTest('a', 'CFG-SAVE-2'),
    refusedTest('b', 'CFG-PERSIST'),
  ];
  expect(brief(all)).toEqual(['refuses an IMEI of 15 bytes: a b', 'breaks CFG-TEST: one']);
});

test('how tests ended comes after what is wrong', () => {
  const ended = (name: string) => judgedTest(name, [`CFG-${name}`], { failure: { about: ['AT_TIMEOUT'] } });
  expect(brief([ended('a'), ended('b'), refusedTest('c', 'CFG-SAVE-2')])).toEqual([
    'refuses an IMEI of 15 bytes: c',
    'shows wrongly AT_TIMEOUT: a b',
  ]);
});

test('each failure is explained once, also one of which nothing is known', () => {
  const all = [
    judgedTest('a', [], { verdict: 'fail' }),
    judgedTest('b', ['CFG-A'], { verdict: 'fail' }),
    refusedTest('c', 'CFG-A'),
  ];
  const explained = findCauses(all).flatMap(({ tests }) => tests);
  expect(explained.toSorted()).toEqual(['b', 'c']);
});

describe('what follows from a record that is wrong right after a command', () => {
  const wrong = (name: string, clause: string, about: string) =>
    judgedTest(name, [clause], { failure: { about: [about] } });
  const notErased = ['a', 'b'].map((name) => wrong(name, 'CFG-ERASE-1', 'QDMPCFG 1 erased'));
  const notSaved = ['a', 'b'].map((name) => wrong(name, 'CFG-SAVE-1', 'QDMPCFG 1 saved'));

  test('needs no cause of its own: what was not erased is saved and in use after a reboot', () => {
    const later = [
      wrong('c', 'CFG-PERSIST-KINDS', 'QDMPCFG 1 saved, after a reboot (reset-pin)'),
      wrong('d', 'CFG-ERASE-APPLY', 'QDMPCFG 1 in use, after a reboot (soft)'),
      wrong('e', 'CFG-PORT-DEFAULT', 'the default in QDMPCFG 1 in use, field 2'),
    ];
    expect(brief([...notErased, ...later])).toEqual(['breaks CFG-ERASE-1: a b c d e']);
  });

  test('nor what was not saved as it was given', () => {
    const later = [
      wrong('c', 'CFG-PORT-RANGE', 'QDMPCFG 1 saved, its serverPort'),
      wrong('d', 'CFG-APPLY', 'QDMPCFG 1 in use, after a reboot (soft)'),
    ];
    expect(brief([...notSaved, ...later])).toEqual(['breaks CFG-SAVE-1: a b c d']);
  });

  test.each([
    ['another record', notErased, 'CFG-ERASE-APPLY', 'QDMPCFG 2 in use, after a reboot (soft)'],
    ['a wrong default, of a save', notSaved, 'CFG-PORT-DEFAULT', 'the default in QDMPCFG 1 in use, field 2'],
    ['something that no record explains', notErased, 'CFG-MASK', 'the private key as shown'],
  ])('%s has a cause of its own', (_, first, clause, about) => {
    expect(findCauses([...first, wrong('c', clause, about)])).toHaveLength(2);
  });

  test('what is wrong after a reboot alone does not explain what is wrong before it', () => {
    const lost = wrong('a', 'CFG-PERSIST', 'QDMPCFG 1 saved, after a reboot (soft)');
    expect(mayFollowFrom(wrong('c', 'CFG-SAVE-1', 'QDMPCFG 1 saved'), wrongRecords(lost))).toBe(false);
  });
});

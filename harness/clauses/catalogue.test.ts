import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

import { isHilError } from '../base/error.ts';
import { catalogue, clauseById, matchClauses } from './catalogue.ts';
import { checkCatalogue } from './check-catalogue.ts';
import { inferred, section, stated } from './clause.ts';

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('the clause catalogue', () => {
  test('has exactly the clauses of the list, each with its status, in its order', () => {
    const list = parse(readFileSync(join(import.meta.dirname, 'clause-list.yaml'), 'utf8')) as unknown;
    expect(catalogue.map(({ id, status }) => `${id}: ${status}`)).toEqual(
      Object.entries(list as Record<string, string>).map(([id, status]) => `${id}: ${status}`),
    );
  });

  test('cannot be changed', () => {
    const clause = clauseById('CFG-PERIOD-RANGE');
    expect(Object.isFrozen(catalogue)).toBe(true);
    expect(Object.isFrozen(clause)).toBe(true);
    expect(Object.isFrozen(clause.limits)).toBe(true);
  });

  test('gives each extended field its own longest value', () => {
    expect(clauseById('EX-LEN-osSysVer').limits).toEqual({ unit: 'bytes', max: 47 });
    expect(clauseById('EX-LEN-OVER-volte').text).toBe(
      'A <volte> (type 4) of 8 bytes is refused, never cut short silently.',
    );
  });

  test('writes the strings of a saved record in quotes and of a read one without', () => {
    expect(clauseById('EX-SAVE-3').text).toContain('`=3,0,"<swVer>","<swName>"`');
    expect(clauseById('EX-READ-3').text).toContain('`+QDMPCFGEX: 3,<swVer>,<swName>`');
  });
});

describe('clauseById', () => {
  test('names the nearest ids for an unknown one', () => {
    expect(thrownBy(() => clauseById('CFG-PERIOD-RANG'))).toMatchObject({
      code: 'CLAUSE_UNKNOWN',
      message: expect.stringMatching(
        /^no clause is called CFG-PERIOD-RANG \(did you mean CFG-PERIOD-RANGE[^\n]*\); list them: bc26-hil clauses$/,
      ) as string,
    });
  });

  test('does not find names that every object has', () => {
    expect(thrownBy(() => clauseById('constructor'))).toMatchObject({ code: 'CLAUSE_UNKNOWN' });
  });
});

describe('matchClauses', () => {
  const ids = (pattern: string) => matchClauses(pattern).map(({ id }) => id);

  test('takes an id for itself alone', () => {
    expect(ids('CFG-TEST')).toEqual(['CFG-TEST']);
  });

  test('takes globs and lists, each clause once and in catalogue order', () => {
    expect(ids('ERR-CODE*, CFG-QUERY-3,CFG-QUERY-3*')).toEqual([
      'CFG-QUERY-3',
      'CFG-QUERY-3-SAFE',
      'ERR-CODES',
      'ERR-CODES-PRINTED',
      'ERR-CODE-CAUSE',
    ]);
  });

  test('does not mind case', () => {
    expect(ids('ex-len-OSSYSVER')).toEqual(['EX-LEN-osSysVer']);
  });

  test.each([
    ['CFG-QUARY-*', 'no clause matches CFG-QUARY-* (did you mean CFG-QUERY-*'],
    ['CFG-TIME,EX-TIMM', 'no clause matches EX-TIMM (did you mean EX-TIME'],
    ['NOTHING-LIKE-IT*', 'no clause matches NOTHING-LIKE-IT*; list them: bc26-hil clauses'],
  ])('says which patterns %s may have meant', (pattern, said) => {
    expect(thrownBy(() => matchClauses(pattern))).toMatchObject({
      message: expect.stringContaining(said) as string,
    });
  });

  test('takes `*` for the whole catalogue', () => {
    expect(matchClauses('*')).toEqual(catalogue);
  });

  test.each(['CFG-TIME,NOPE*', '', 'CFG-TIME,', 'CFG.TIME', 'CFG-(', '\u001b[31m'])(
    'refuses %j, since a part of it names no clause',
    (pattern) => {
      const error = thrownBy(() => matchClauses(pattern));
      expect(error).toMatchObject({ code: 'CLAUSE_UNKNOWN', blame: 'usage' });
      expect(isHilError(error) && error.message).not.toContain('\u001b');
    },
  );
});

describe('checkCatalogue', () => {
  const good = section('2.1 somewhere', [stated('CFG-GOOD', 'It is good.')]);

  test('lists every mistake on a line of its own', () => {
    const bad = [
      ...good,
      ...good,
      ...section('somewhere', [stated('cfg-bad', ' ')]),
      ...section('3 errors', [
        inferred('ERR-WHY', 'It is inferred.', ''),
        stated('ERR-LIMITS', 'It has limits.', { unit: 's', min: 2, max: 1 }),
      ]),
    ];
    const error = thrownBy(() => checkCatalogue(bad));
    expect(error).toMatchObject({ code: 'CATALOGUE_INVALID' });
    expect(isHilError(error) ? error.message.split('\n').slice(1) : []).toEqual([
      'CFG-GOOD: the id is used twice',
      'cfg-bad: the id has the wrong form',
      'cfg-bad: the text is empty or has blanks around it',
      'cfg-bad: the section does not begin with a chapter of the note',
      'ERR-WHY: an I clause, and no other, has a `because`',
      'ERR-LIMITS: the minimum is greater than the maximum',
    ]);
  });

  test('passes what is in order', () => {
    expect(checkCatalogue(good)).toEqual(good);
  });
});

import { isHilError } from '../base/error.ts';
import { catalogue, clauseById, matchClauses } from './catalogue.ts';
import { checkCatalogue } from './check-catalogue.ts';
import { inferred, section, stated } from './clause.ts';

/** Every id, by status. A new clause is added here, too, so that none is lost or gets another status by mistake. */
const listed = {
  S: `CFG-TEST CFG-READ CFG-READ-0 CFG-READ-1 CFG-READ-2 CFG-READ-ACTIVE CFG-TYPE-MEMBERS CFG-SAVE-0 CFG-SAVE-1
    CFG-SAVE-2 CFG-QUERY-0 CFG-QUERY-1 CFG-QUERY-2 CFG-ERASE-0 CFG-ERASE-1 CFG-ERASE-2 CFG-ERASE-4 CFG-STATE
    CFG-STATE-SET CFG-APPLY CFG-PERSIST CFG-TIME CFG-MODE-MEMBERS CFG-IP-DEFAULT CFG-PORT-DEFAULT
    CFG-PERIOD-RANGE CFG-PERIOD-DEFAULT CFG-MASK CFG-TML-MEMBERS CFG-IMEI-LENGTH EX-TEST EX-SAVE-0 EX-SAVE-1
    EX-SAVE-2 EX-SAVE-3 EX-SAVE-4 EX-SAVE-5 EX-READ-0 EX-READ-1 EX-READ-2 EX-READ-3 EX-READ-4 EX-READ-5
    EX-ERASE-0 EX-ERASE-1 EX-ERASE-2 EX-ERASE-3 EX-ERASE-4 EX-ERASE-5 EX-APPLY EX-PERSIST EX-TIME
    EX-TYPE-MEMBERS EX-ACT-MEMBERS EX-ARITY EX-LEN-appInfo EX-LEN-mac EX-LEN-rom EX-LEN-ram EX-LEN-cpu
    EX-LEN-osSysVer EX-LEN-swVer EX-LEN-swName EX-LEN-volte EX-LEN-netType EX-LEN-account EX-LEN-phoneNum
    EX-LEN-location EX-NULL ERR-FORM STATE-DISABLED`,
  E: 'CFG-READ-UNQUOTED CFG-MASK-FORM EX-READ-UNQUOTED EX-READ-SAVED EX-CHARS',
  I: `CFG-TYPE-OUTSIDE CFG-TYPE-3-SAFE CFG-SAVE-ISOLATED CFG-QUERY-OUTSIDE CFG-QUERY-3-SAFE CFG-ERASE-ISOLATED
    CFG-ERASE-OUTSIDE CFG-ERASE-3-SAFE CFG-ERASE-APPLY CROSS-ISOLATED CFG-APPLY-WIRE CFG-PERSIST-KINDS
    CUT-ATOMIC CFG-MODE-OUTSIDE CFG-MODE-DEFAULT CFG-IP-FORM CFG-PORT-RANGE CFG-PERIOD-OUTSIDE CFG-TML-OUTSIDE
    CFG-TML-DEFAULT CFG-IMEI-OUTSIDE CFG-ARITY CFG-PARTIAL-SAFE EX-NO-READ EX-SAVE-ISOLATED EX-ERASE-ISOLATED
    EX-APPLY-WIRE EX-ERASE-APPLY EX-PERSIST-KINDS EX-TYPE-OUTSIDE EX-ACT-OUTSIDE EX-ARITY-SURPLUS
    EX-PARTIAL-SAFE EX-LEN-OVER-appInfo EX-LEN-OVER-mac EX-LEN-OVER-rom EX-LEN-OVER-ram EX-LEN-OVER-cpu
    EX-LEN-OVER-osSysVer EX-LEN-OVER-swVer EX-LEN-OVER-swName EX-LEN-OVER-volte EX-LEN-OVER-netType
    EX-LEN-OVER-account EX-LEN-OVER-phoneNum EX-LEN-OVER-location EX-BYTES EX-CHARS-ANY ERR-ALONE ERR-CMEE
    ERR-ATOMIC ERR-ALIVE AT-FRAME AT-ONE-FINAL BOOT-ALIVE ERR-CODES STATE-DISABLED-0 STATE-CONNECT
    STATE-REGISTER STATE-REG-REFUSED STATE-REG-SILENT STATE-UPDATE STATE-UPD-REFUSED STATE-UPD-SILENT
    STATE-CONNECT-FAILED STATE-LIFETIME STATE-ORDER STATE-REBOOT STATE-UPDATE-TIME WIRE-LIFETIME WIRE-TML
    WIRE-KEY`,
  U: `CFG-TEST-TEXT CFG-TYPE-3 CFG-QUERY-3 CFG-QUERY-EMPTY CFG-ERASE-3 CFG-STATE-PARAMETER CUT-EARLY CFG-IP-OTHER
    CFG-PORT-0 CFG-KEY-UNQUOTED CFG-KEY-LENGTH CFG-MASK-COUNT CFG-IMEI-FORM CFG-PARTIAL CFG-NUMBER-FORM
    EX-TEST-TEXT EX-READ-EMPTY EX-READ-PARAMETERS EX-PARTIAL EX-BYTES-ACCEPTED EX-NULL-READ EX-EMPTY EX-UNQUOTED
    EX-APPINFO-FORM ERR-CODES-PRINTED ERR-CODE-CAUSE`,
} as const;

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('the clause catalogue', () => {
  test.each(['S', 'E', 'I', 'U'] as const)('has exactly the listed %s clauses', (status) => {
    const ids = catalogue.filter((clause) => clause.status === status).map(({ id }) => id);
    expect(ids).toEqual(listed[status].split(/\s+/));
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
      message: 'no clause is called CFG-PERIOD-RANG',
      remedy: expect.stringContaining('did you mean CFG-PERIOD-RANGE') as string,
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

import { catalogue } from './catalogue.ts';
import { askedIds, chosenIds, neededBy } from './needed.ts';

const needed = (pattern: string) => neededBy(askedIds(pattern));

describe('what clauses need beside them', () => {
  test('is nothing for a clause that has tests of its own', () => {
    expect(needed('CFG-PERSIST-KINDS,EX-READ-1')).toEqual([]);
    expect(chosenIds('EX-READ-1')).toEqual(new Set(['EX-READ-1']));
  });

  test('is said once for all clauses with one reason, without those that were asked for', () => {
    expect(needed('CFG-STATE*,STATE-REG*')).toEqual([
      {
        of: ['CFG-STATE', 'CFG-STATE-SET'],
        ids: ['STATE-DISABLED-0', 'STATE-CONNECT-FAILED'],
        because: 'access states are watched while the module meets the platform',
      },
    ]);
  });

  test('is nothing where all of it was asked for', () => {
    expect(needed('*')).toEqual([]);
  });

  test('is judged as well', () => {
    expect(chosenIds('ERR-CODES')).toEqual(new Set(['ERR-CODES', 'CFG-PERIOD-OUTSIDE', 'CFG-TML-OUTSIDE']));
    expect(chosenIds(null)).toBeNull();
  });

  test('needs nothing in its turn', () => {
    for (const { id } of catalogue)
      for (const { ids } of needed(id)) expect(needed(ids.join(','))).toEqual([]);
  });
});

import { type Act, actsBackTo } from './acts-back-to.ts';

const save = (record: string, value: string): Act => ({
  do: 'save',
  records: [record],
  command: `${record}=${value}`,
});
const erase = (...records: string[]): Act => ({ do: 'erase', records, command: `erase ${records.join()}` });
const soft: Act = { do: 'reboot', kind: 'soft' };
const pin: Act = { do: 'reboot', kind: 'reset-pin' };

/** What is done again after `since`, when `before` had been done. */
const back = (before: readonly Act[], since: readonly Act[]) =>
  actsBackTo([...before, ...since], before.length);

describe('the way back to where a test began', () => {
  test('is nothing where the test changed nothing', () => {
    expect(back([save('A', '1'), soft], [])).toEqual([]);
  });

  test('saves what the records held that the test wrote, and no others', () => {
    expect(back([save('A', '1'), save('B', '1'), save('A', '2')], [save('A', '3')])).toEqual([
      save('A', '2'),
    ]);
  });

  test('erases what was erased, over what it held before', () => {
    expect(back([save('A', '1'), erase('A'), erase('A')], [save('A', '2')])).toEqual([
      save('A', '1'),
      erase('A'),
    ]);
  });

  test('begins at the last boot where the test made none, since a firmware may count from there', () => {
    const others = [save('B', '1'), soft];
    expect(back([...others, save('A', '1'), pin, save('A', '2')], [erase('A')])).toEqual([
      save('A', '1'),
      { ...pin, ifHarmless: true },
      save('A', '2'),
    ]);
  });

  test('brings into use again what was in use, and saves what was only saved', () => {
    const before = [save('A', '0'), save('A', '1'), soft, save('A', '2')];
    expect(back(before, [pin])).toEqual([save('A', '1'), soft, save('A', '2')]);
  });

  test('has the reboots between a save, its erase and the test, each of its kind', () => {
    const before = [save('A', '1'), save('B', '1'), soft, erase('A'), pin];
    expect(back(before, [save('B', '2'), soft])).toEqual(before);
  });

  test('has the last three reboots at most', () => {
    expect(back([save('A', '1'), soft, soft, soft, pin], [soft])).toEqual([save('A', '1'), soft, soft, pin]);
  });

  test('erases several records at once where it was so, and saves again what was saved in one of them since', () => {
    const all = [save('A', '1'), save('B', '1'), erase('A', 'B'), save('A', '2'), save('C', '1')];
    expect(back(all, [save('B', '3')])).toEqual([save('B', '1'), erase('A', 'B'), save('A', '2')]);
  });
});

import { lineSplitter } from './control-fifo.ts';

describe('the lines of the control FIFO', () => {
  test('are the same however they are cut', () => {
    const lines: string[] = [];
    const take = lineSplitter((line) => lines.push(line));
    for (const piece of ['o', 'n\n\n of', 'f\r\nreset', ' down\n', 'qu']) take(piece);
    expect(lines).toEqual(['on', 'off', 'reset down']);
  });

  test('have a longest length', () => {
    const lines: string[] = [];
    const take = lineSplitter((line) => lines.push(line));
    for (let n = 0; n < 10; n += 1) take('x'.repeat(1000));
    take('\n');
    expect(lines.map(({ length }) => length)).toEqual([1024]);
  });
});

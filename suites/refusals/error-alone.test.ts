import type { Exchange } from '../../harness/jest/suite.ts';
import { linesWithError } from './error-alone.ts';

const answered = (information: readonly string[], ...unsolicited: string[]): Exchange => {
  const exchange: Pick<Exchange, 'information' | 'unsolicited'> = {
    information,
    unsolicited: unsolicited.map((data) => ({ data, startedAt: 0n, endedAt: 0n })),
  };
  return exchange as Exchange;
};

const never = (): Promise<Exchange> => Promise.reject(new Error('not asked again'));

test.each(['+CEDRXP: 5', '+CTZV: 32', '+CTZE: 8', '+QIURC: "x"', '+CSCON: 1', '+QATSLEEP', '+IP: 10.0.0.1'])(
  '%s belongs to no error',
  async (line) => {
    expect(await linesWithError(answered([], line), never)).toEqual([]);
  },
);

test('an information line counts at once', async () => {
  expect(await linesWithError(answered(['+QDMPCFG: 7']), never)).toEqual(['+QDMPCFG: 7']);
});

test.each([
  ['+QZNEW: 2', ['+QZNEW: 1']],
  ['+QOTHER: 1', []],
])('a line of an unknown name counts if it comes twice: then %s', async (second, expected) => {
  const again = () => Promise.resolve(answered([], second));
  expect(await linesWithError(answered([], '+QZNEW: 1'), again)).toEqual(expected);
});

import type { Reading } from '../../harness/jest/suite.ts';
import { isSeenTwice } from './seen-twice.ts';

const mixed = '+QDMPCFG: 1,192.0.2.7,5684,300';

const reading = (...information: string[]): Reading =>
  ({ text: information.join('\n'), final: 'OK', exchange: { information } }) as unknown as Reading;
const refused = { text: undefined, final: 'ERROR', exchange: { information: [] } } as unknown as Reading;

test.each([
  ['the same line', reading(mixed), reading(mixed), true],
  ['another line', reading(mixed), reading('+QDMPCFG: 1,192.0.2.7,5684,420'), false],
  ['the same characters in other lines', reading('a', 'b'), reading('a,b'), false],
  ['a line more', reading(mixed), reading(mixed, mixed), false],
  ['no line twice', reading(), reading(), false],
  ['two refused queries', refused, refused, false],
  ['a line, then a refused query', reading(mixed), refused, false],
  ['no reading', undefined, undefined, false],
])('two readings, %s', (_what, first, again, expected) => {
  expect(isSeenTwice(first, again)).toBe(expected);
});

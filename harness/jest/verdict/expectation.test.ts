import { disappointmentOf, expect as expectOf, expectNone, expectThat } from './expectation.ts';

/** The message of what `act` throws; undefined if it throws nothing. */
function messageOf(act: () => void): string | undefined {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}

describe('a failed expectation says what was expected and what came', () => {
  const saved = { serverIP: '192.0.2.44', serverPort: 5701, updatePeriod: 86399, text: '1,…' };

  test.each<[expected: string, act: () => void]>([
    [
      'the saved server: expected serverPort 5700, got serverPort 5701',
      () => expectOf(saved, 'the saved server').toMatchObject({ serverIP: '192.0.2.44', serverPort: 5700 }),
    ],
    ['the answer to AT: expected OK, got ERROR', () => expectOf('ERROR', 'the answer to AT').toEqual('OK')],
    [
      'the access state: expected one of 0, 4, got 3',
      () => expectOf(3, 'the access state').toBeOneOf([0, 4]),
    ],
    ['states shown: expected 0, got 0; 4', () => expectOf([0, 4], 'states shown').toEqual([0])],
    [
      'object 666: expected mac 00-11, got mac none',
      () => expectOf<object>({ mac: undefined, cpu: 'a' }, 'object 666').toEqual({ mac: '00-11', cpu: 'a' }),
    ],
    [
      'QDMPCFG 1 erased: expected nothing of 1,192.0.2.7, got an empty text',
      () => expectThat('QDMPCFG 1 erased', { holds: false, expected: 'nothing of 1,192.0.2.7', got: '' }),
    ],
    [
      'the endpoint name: expected yes, got no',
      () => expectThat('the endpoint name', { holds: false, expected: true, got: false }),
    ],
    ['terminal types refused: expected none, got 1', () => expectNone('terminal types refused', ['1'])],
    [
      'error numbers: expected those of a standard, got 2: 900; 901',
      () => expectNone('error numbers', ['900', '901'], 'those of a standard'),
    ],
  ])('%s', (sentence, act) => {
    expect(messageOf(act)).toBe(sentence);
  });

  test('shows all that was found below the sentence', () => {
    const found = ['first\n  in bytes', 'second', 'third', 'fourth'];
    expect(messageOf(() => expectNone('changes', found))).toBe(
      ['changes: expected none, got 4: first in bytes; second; third; 1 more', ...found].join('\n'),
    );
  });

  test('shows long values in full below the sentence', () => {
    const long = 'x'.repeat(300);
    const message = messageOf(() => expectOf(long, 'appInfo').toEqual('y')) ?? '';
    expect(message.split('\n')[0]).toMatch(/^appInfo: expected y, got x{159}…$/);
    expect(message).toContain(`\ngot: ${long}`);
  });

  test('keeps what was looked at for those who group failures', () => {
    try {
      expectOf('ERROR', 'the answer to AT').toEqual('OK');
    } catch (error) {
      expect(disappointmentOf(error)).toMatchObject({
        what: 'the answer to AT',
        expected: 'OK',
        got: 'ERROR',
      });
    }
    expect.assertions(2);
  });
});

test('what holds throws nothing', () => {
  expect(
    messageOf(() => {
      expectOf({ a: 1, b: [2] }, 'x').toEqual({ a: 1, b: [2] });
      expectOf({ a: 1, b: 2 }, 'x').toMatchObject({ a: 1 });
      expectOf(4, 'x').toBeOneOf([4]);
      expectThat('x', { holds: true, expected: 1, got: 2 });
      expectNone('x', []);
    }),
  ).toBeUndefined();
});

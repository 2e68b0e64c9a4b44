import { failureSentence, unclearFailures } from './failure-sentence.ts';

const exchange = [
  'exchange 25 (trace.jsonl lines 146–150, 36.2 ms)',
  '  sent     AT+QDMPCFG=4,1',
  '  received \\r\\n+QDMPCFG: 1,192.0.2.44,5701,86399\\r\\n\\r\\nOK\\r\\n',
];
const failed = 'the saved server: expected serverPort 5700, got serverPort 5701';
const words = 'CFG-QUERY-1 (S, note 2.1 AT+QDMPCFG): `=4,1` reports the saved server.';
const shown = 'sent AT+QDMPCFG=4,1, received \\r\\n+QDMPCFG: 1,192.0.2.44,5701,86399\\r\\n\\r\\nOK\\r\\n';

const sentence = (reason: readonly string[], clauses: readonly string[] = ['CFG-QUERY-1']) =>
  failureSentence({ clauses, reason: reason.join('\n') });

describe('why a test did not pass, in a sentence', () => {
  test('has what was expected and what came, and the exchange', () => {
    expect(sentence([failed, ...exchange, words])).toBe(`CFG-QUERY-1: ${failed}; ${shown}`);
  });

  test('describes the first of two attempts', () => {
    const second = [
      'failed again when it was run again:',
      'the saved server: expected serverPort 5700, got none',
    ];
    expect(sentence([failed, ...exchange, words, ...second, '  sent     AT'])).toBe(
      `CFG-QUERY-1: ${failed}; ${shown}`,
    );
  });

  test('says that the second attempt passed', () => {
    expect(sentence(['failed once, and passed when it was run again:', failed])).toBe(
      `CFG-QUERY-1: failed once, and passed when it was run again: ${failed}`,
    );
  });

  test('is the first line of anything else', () => {
    expect(sentence(['AT_TIMEOUT: no answer to AT+QDMPCFG? within 5 s', '  on the wire: x'])).toBe(
      'CFG-QUERY-1: AT_TIMEOUT: no answer to AT+QDMPCFG? within 5 s',
    );
    expect(
      sentence(['CFG-QUERY-1: the answer was refused', 'the shortest commands'], ['CFG-A', 'CFG-QUERY-1']),
    ).toBe('CFG-QUERY-1: the answer was refused');
    expect(failureSentence({ clauses: [] })).toBe('no reason was recorded');
  });

  test('says that nothing was received, and names no more than three clauses', () => {
    expect(sentence(['odd', '  sent     AT', '  received '], ['A', 'B', 'C', 'D'])).toBe(
      'A B C …: odd; sent AT, received nothing',
    );
  });

  test('is short, whatever a module sends', () => {
    const long = 'x'.repeat(10_000);
    expect(sentence([long, `  sent     ${long}`, `  received ${long}`]).length).toBeLessThanOrEqual(400);
    const part = sentence(['odd', `  sent     ${long}`, `  received ${long}`]);
    expect(part).toMatch(/^CFG-QUERY-1: odd; sent x{99}…, received x{99}…$/);
  });
});

test('a failure that does not say both what was expected and what came is found', () => {
  const test = (name: string, reason: string, verdict = 'fail') => ({ name, reason, verdict, clauses: [] });
  expect(
    unclearFailures([
      test('clear', `${failed}\n${exchange.join('\n')}`),
      test('refused', 'AT_REFUSED: expected OK, got this: AT was refused: ERROR'),
      test('matcher', 'expect(received).toMatchObject(expected)\nexpected 1, got 2'),
      test('flag', 'x: expected "same" yes, got "same" no'),
      test('from its history', `failed once, and passed when it was run again:\n${failed}`),
      test('half', 'AT was refused'),
      test('undecided', 'the machine was busy', 'inconclusive'),
    ]),
  ).toEqual(['matcher', 'flag', 'half']);
});

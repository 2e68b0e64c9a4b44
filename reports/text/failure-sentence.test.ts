import { failureSentence } from './failure-sentence.ts';

const exchange = [
  'exchange 25 (trace.jsonl lines 146–150, 36.2 ms)',
  '  sent     AT+QDMPCFG=4,1',
  '  received \\r\\n+QDMPCFG: 1,192.0.2.44,5701,86399\\r\\n\\r\\nOK\\r\\n',
];
const difference = [
  'expect(received).toMatchObject(expected)',
  '',
  '- Expected  -  1',
  '+ Received  +  1',
  '',
  '  Object {',
  '    "serverIP": "192.0.2.44",',
  '-   "serverPort": 5700,',
  '+   "serverPort": 5701,',
  '  }',
];
const words = 'CFG-QUERY-1 (S, note 2.1 AT+QDMPCFG): `=4,1` reports the saved server.';
const shown = 'sent AT+QDMPCFG=4,1, received \\r\\n+QDMPCFG: 1,192.0.2.44,5701,86399\\r\\n\\r\\nOK\\r\\n';

const sentence = (reason: readonly string[], clauses: readonly string[] = ['CFG-QUERY-1']) =>
  failureSentence({ clauses, reason: reason.join('\n') });

describe('why a test did not pass, in a sentence', () => {
  test('has the expectation in short and the exchange', () => {
    expect(sentence([...difference, ...exchange, words])).toBe(
      `CFG-QUERY-1: expected "serverPort": 5700, but it was "serverPort": 5701; ${shown}`,
    );
  });

  test('describes the first of two attempts', () => {
    const second = [
      'failed again when it was run again:',
      'expect(received).toBe(expected)',
      '',
      'Expected: 1',
    ];
    expect(sentence([...difference, ...exchange, words, ...second, '  sent     AT'])).toBe(
      `CFG-QUERY-1: expected "serverPort": 5700, but it was "serverPort": 5701; ${shown}`,
    );
  });

  test('says that the second attempt passed', () => {
    expect(
      sentence([
        'failed once, and passed when it was run again:',
        'expect(received).toBe(expected)',
        '',
        'Expected: 9',
        'Received: 5',
      ]),
    ).toBe('CFG-QUERY-1: failed once, and passed when it was run again: expected 9, but it was 5');
  });

  test('shows the first unexpected value', () => {
    expect(
      sentence([
        'expect(received).toEqual(expected) // deep equality',
        '',
        '- Expected  -  1',
        '+ Received  + 12',
        '',
        '- Array []',
        '+ Array [',
        '+   "4,1: serverPort",',
        '+   "4,2: appKey",',
        '+ ]',
      ]),
    ).toBe('CFG-QUERY-1: expected Array [], but it was "4,1: serverPort"');
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

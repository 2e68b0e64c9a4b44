import { compared, constant, samplesIn } from './samples.mjs';

const text = [
  'Before',
  '<!-- output of: npm run qualify -- --seed 7; from: Took; to: Exit code -->',
  '',
  '```text',
  'Took 2 min 8 s',
  'Exit code 0',
  '```',
  '',
  '<!-- output of: node harness/cli/bin.mjs rigs -->',
  '```text',
  'emulated: sound',
  '```',
].join('\n');

test('a sample is a block of text below the command that printed it', () => {
  expect(samplesIn(text)).toEqual([
    {
      command: 'npm run qualify -- --seed 7',
      from: 'Took',
      to: 'Exit code',
      shown: 'Took 2 min 8 s\nExit code 0',
    },
    { command: 'node harness/cli/bin.mjs rigs', shown: 'emulated: sound' },
  ]);
});

test.each([
  ['a time', 'Took 2 min 8 s', 'Took 1 min 58 s'],
  [
    'a date and a commit',
    'started 2026-11-25T18:33:40.025Z, commit 824786832748',
    'started 2027-01-01T00:00:00.000Z, commit 6d1d4460b32a',
  ],
  [
    'a busy machine',
    'clauses  174: 148 pass, 26 observed',
    'clauses  174: 146 pass, 26 observed, 2 inconclusive',
  ],
  [
    'a test that was not run for want of time',
    '  82-platform.suite.ts  39 pass, 1 not-run\n         1 not-run: the machine was too slow',
    '  82-platform.suite.ts  40 pass',
  ],
  ['which command was slowest', '  AT+QDMPCFGEX=5,1: median 19.6 ms', '  AT+QDMPCFG?: median 21.0 ms'],
  ['that the shortest command was among them', 'Slowest\n  AT: median 19.6 ms\nTook', 'Slowest\nTook'],
])('%s makes no sample stale', (_, one, other) => {
  expect(constant(one)).toBe(constant(other));
});

test.each([
  ['a word', 'Took 2 min', 'Lasted 2 min'],
  ['a verdict', '  10-access-forms.suite.ts  12 pass', '  10-access-forms.suite.ts  12 fail'],
  ['the number of clauses', 'clauses  174: 148 pass, 26 observed', 'clauses  175: 149 pass, 26 observed'],
])('%s does', (_, one, other) => {
  expect(constant(one)).not.toBe(constant(other));
});

test('a sample whose figures count is compared with them', () => {
  expect(compared({}, '5 of 6 faults')).toBe(compared({}, '6 of 6 faults'));
  const [sample] = samplesIn(
    '<!-- output of: node x.mjs; exact: figures count -->\n\n```text\n5 of 6\n```\n',
  );
  expect(sample).toMatchObject({ command: 'node x.mjs', shown: '5 of 6' });
  expect(compared(sample!, '5 of 6')).not.toBe(compared(sample!, '6 of 6'));
});

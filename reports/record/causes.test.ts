import type { FailureFacts } from '../causes/failure-facts.ts';
import type { Entry } from './entry.ts';
import { clauseFacts, exchange, planned, runEnd, runStart } from './example-run.fixture.ts';
import { foldRecord } from './fold-record.ts';

const use = 'an IMEI of 15 bytes';
const tests = [
  planned('a', 'CFG-SAVE-2'),
  planned('b', 'CFG-IMEI-LENGTH'),
  planned('c', 'CFG-SAVE-2'),
] as const;
const clauses = [clauseFacts('CFG-SAVE-2', 'S'), clauseFacts('CFG-IMEI-LENGTH', 'S')];

const failure: FailureFacts = {
  how: 'refused',
  about: ['the answer to AT+QDMPCFG=2,…'],
  shown: [
    {
      command: 'AT+QDMPCFG=2,"a","b",1,863703030822519',
      form: 'AT+QDMPCFG=2,…',
      ok: false,
      uses: [{ what: use }],
      line: 12,
    },
  ],
};

const ran = ({ name }: { name: string }, final: string): Entry[] => [
  { type: 'test-start', name },
  exchange({ form: 'AT+QDMPCFG=2,…', uses: [use], final }),
  {
    type: 'test-end',
    name,
    durationMs: 1,
    trace: [10, 14],
    ...(final === 'OK' ? { verdict: 'pass' } : { verdict: 'fail', failure }),
  },
];

const causesOf = (...entries: Entry[]) => foldRecord([runStart(tests, clauses), ...entries, runEnd]).causes;

test('the record says what explains its failures', () => {
  const [cause, ...more] = causesOf(...ran(tests[0], 'ERROR'), ...ran(tests[1], 'ERROR'));
  expect(more).toEqual([]);
  expect(cause).toMatchObject({ kind: 'refuses', subject: use, against: 0, first: { line: 10 } });
  expect(cause?.text).toContain(`refuses ${use}`);
  expect(cause?.text).toContain('--rig rigs/bench-1.yaml');
  expect(cause?.tests).toEqual([tests[0].name, tests[1].name]);
});

test('an input that another test saw accepted is no fact to be named first', () => {
  const [cause] = causesOf(...ran(tests[0], 'ERROR'), ...ran(tests[1], 'OK'), ...ran(tests[2], 'ERROR'));
  expect(cause?.kind).toBe('breaks');
});

test('a run that goes on has no causes yet', () => {
  expect(foldRecord([runStart(tests, clauses), ...ran(tests[0], 'ERROR')]).causes).toEqual([]);
});

test('nothing is blamed on a clause that --clause did not select', () => {
  const both = planned('both', 'CFG-SAVE-1', 'CFG-QUERY-1');
  const chosen = [{ ...clauseFacts('CFG-SAVE-1', 'S'), unselected: true }, clauseFacts('CFG-QUERY-1', 'S')];
  const wrong = { ...failure, how: 'wrong', about: ['QDMPCFG 1 saved'] } as const;
  const entries: Entry[] = [
    { type: 'test-start', name: both.name },
    { type: 'test-end', name: both.name, durationMs: 1, trace: [1, 2], verdict: 'fail', failure: wrong },
  ];
  const [cause] = foldRecord([runStart([both], chosen), ...entries, runEnd]).causes;
  expect(cause?.clauses).toEqual(['CFG-QUERY-1']);
});

test.each([
  ['emulated', '/checkout/rigs/emulated.yaml', 'emulated'],
  ['emulated', '/home/kim/rigs/faulty.yaml', '/home/kim/rigs/faulty.yaml'],
  ['again', '/checkout/rigs/emulated.yaml', '/checkout/rigs/emulated.yaml'],
])('the command that shows a cause names rig %s of %s as --rig takes it', (rig, rigFile, option) => {
  const start = runStart(tests, clauses);
  if (start.type !== 'run-start') throw new Error('runStart makes no start');
  const named: Entry = { ...start, facts: { ...start.facts, rig, rigFile, emulated: true } };
  const [cause] = foldRecord([named, ...ran(tests[0], 'ERROR'), runEnd]).causes;
  expect(cause?.text).toContain(`bc26-hil at --rig ${option} 'AT`);
});

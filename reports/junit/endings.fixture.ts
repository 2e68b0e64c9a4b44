import type { Entry, PlannedTest } from '../record/entry.ts';
import { clauseFacts, planned, portGone, ran, runEnd, runStart } from '../record/example-run.fixture.ts';
import type { Verdict } from '../record/verdict.ts';

/** How a run ended, and what a reader has to find in its file: test cases by outcome. */
export interface Ending {
  readonly name: string;
  readonly entries: readonly Entry[];
  readonly found: { tests: number; failures: number; errors: number; skipped: number };
  /** Part of a message that has to be shown. */
  readonly says?: string;
}

const clauses = [clauseFacts('CFG-A', 'S'), clauseFacts('CFG-B', 'I')];
const identity: Entry = { type: 'identity', imei: '863703030822519', revision: 'BC26NBR01A07' };
const source = { file: 'suites/server.suite.ts', line: 41 };
const first: PlannedTest = { ...planned('the first', 'CFG-A'), source };
const second: PlannedTest = { ...planned('the second', 'CFG-A', 'CFG-B'), source };

const silent: PlannedTest = {
  ...planned('no input silenced the module', 'INPUT-ALIVE'),
  source,
  hindsight: true,
};

const crash = (message: string): Entry => ({ type: 'rig-error', code: 'SUITES_CRASHED', message });
const start = runStart([first, second], clauses, { host: 'pi-lab-3' });

const differs = (value: number): string =>
  `QDMPCFG 1 saved: expected 5700, got ${value}\n  sent     AT+QDMPCFG=4,1\n  received \\r\\nOK\\r\\n`;

/** A test that was run twice. */
const twice = (verdict: Verdict, reason: string, then: Verdict): Entry[] => [
  { type: 'test-start', name: second.name },
  { type: 'test-again', name: second.name },
  {
    type: 'test-end',
    name: second.name,
    verdict,
    reason,
    durationMs: 41.26,
    trace: [10, 14],
    attempts: [
      { verdict: 'fail', reason: differs(5701), durationMs: 20.13, trace: [10, 12] },
      {
        verdict: then,
        durationMs: 21.13,
        trace: [13, 14],
        ...(then === 'fail' && { reason: differs(5702) }),
      },
    ],
  },
];

/** Every byte, and what XML, HTML, Markdown and the readers' own marks could be broken with. */
export const hostileText = `${Array.from({ length: 0x100 }, (_, code) => String.fromCharCode(code)).join('')}]]> <!-- & <script>alert(1)</script> \u202e [[ATTACHMENT|/etc/passwd]] \ud800 \ufffe`;

const fine = ran(first, 'pass');

/** A run whose first test passed. */
const afterFirst = (...entries: readonly Entry[]): readonly Entry[] => [start, ...fine, ...entries, runEnd];

/** Every kind of ending. */
export const endings: readonly Ending[] = [
  {
    name: 'green',
    entries: [start, identity, ...fine, ...ran(second, 'observed'), runEnd],
    found: { tests: 3, failures: 0, errors: 0, skipped: 0 },
  },
  {
    name: 'a suite file that cannot be loaded',
    entries: [start, identity, crash('server.suite.ts could not be loaded: SyntaxError'), runEnd],
    found: { tests: 3, failures: 0, errors: 1, skipped: 2 },
    says: 'could not be loaded',
  },
  {
    name: 'an environment that failed before the first test',
    entries: [start, portGone, runEnd],
    found: { tests: 3, failures: 0, errors: 1, skipped: 2 },
    says: 'PORT_GONE',
  },
  {
    name: 'a deadline',
    entries: afterFirst(...ran(second, 'fail', 'CLAUSE_DEADLINE: not done within 30 s')),
    found: { tests: 3, failures: 1, errors: 0, skipped: 0 },
    says: 'CLAUSE_DEADLINE',
  },
  {
    name: 'a rig error in a test',
    entries: afterFirst({ type: 'test-start', name: second.name }, portGone),
    found: { tests: 3, failures: 0, errors: 2, skipped: 0 },
    says: 'the port vanished',
  },
  {
    name: 'killed',
    entries: afterFirst(
      { type: 'test-start', name: second.name },
      { type: 'rig-error', code: 'RUN_KILLED', message: 'the supervisor was killed' },
    ),
    found: { tests: 3, failures: 0, errors: 2, skipped: 0 },
    says: 'RUN_KILLED',
  },
  {
    name: 'interrupted',
    entries: afterFirst({ type: 'interrupted', signal: 'SIGTERM' }),
    found: { tests: 3, failures: 0, errors: 1, skipped: 1 },
    says: 'SIGTERM',
  },
  {
    name: 'a skip',
    entries: afterFirst(...ran(second, 'not-run', 'the rig has no "supply" <line>')),
    found: { tests: 3, failures: 0, errors: 0, skipped: 1 },
    says: 'no "supply" <line>',
  },
  {
    name: 'tests that the profile leaves out',
    entries: [
      runStart([first, { ...second, leftOut: 'not part of profile smoke' }], clauses),
      ...fine,
      ...ran(second, 'not-run', 'not part of profile smoke'),
      runEnd,
    ],
    found: { tests: 2, failures: 0, errors: 0, skipped: 0 },
  },
  {
    name: 'a module that fell silent, though --clause left out the test of it',
    entries: [
      runStart(
        [first, { ...silent, leftOut: 'not selected by --clause' }],
        [...clauses, clauseFacts('INPUT-ALIVE', 'I')],
      ),
      ...fine,
      { type: 'silence', verdict: 'fail', input: 'AT+QDMPCFGEX=3,1', text: 'the module falls silent' },
      runEnd,
    ],
    found: { tests: 3, failures: 1, errors: 0, skipped: 0 },
    says: 'the module falls silent',
  },
  {
    name: 'failed twice',
    entries: afterFirst(
      ...twice('fail', `${differs(5701)}\nfailed again when it was run again:\n${differs(5702)}`, 'fail'),
    ),
    found: { tests: 3, failures: 1, errors: 0, skipped: 0 },
    says: 'expected 5700, got 5701',
  },
  {
    name: 'failed once',
    entries: afterFirst(
      ...twice('flaky', `failed once, and passed when it was run again:\n${differs(5701)}`, 'pass'),
    ),
    found: { tests: 3, failures: 0, errors: 1, skipped: 0 },
    says: 'failed once, and passed when it was run again',
  },
  {
    name: 'undecided',
    entries: afterFirst(...ran(second, 'inconclusive', 'between 299 and 301 ms')),
    found: { tests: 3, failures: 0, errors: 1, skipped: 0 },
    says: 'between 299 and 301 ms',
  },
  {
    name: 'control bytes in everything',
    entries: [
      start,
      { type: 'identity', imei: hostileText, revision: hostileText },
      ...ran(first, 'not-run', hostileText),
      ...ran(second, 'fail', hostileText),
      { type: 'rig-error', code: 'PORT_GONE', message: hostileText, remedy: hostileText },
      runEnd,
    ],
    found: { tests: 3, failures: 1, errors: 1, skipped: 1 },
    says: '<script>alert(1)</script>',
  },
];

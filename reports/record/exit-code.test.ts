import { clauseFacts, planned, ran, runEnd, runStart } from './example-run.fixture.ts';
import { describeExitCode } from './exit-code.ts';
import { foldRecord } from './fold-record.ts';

const one = planned('one', 'CFG-A');
const two = planned('two', 'CFG-A');
const silent = planned('silent', 'CFG-U');
const clauses = [clauseFacts('CFG-A', 'S'), clauseFacts('CFG-U', 'U')];
const REASON = 'the rig has no platform the module can reach';

describe('exit code 4 says in one line why nothing was judged', () => {
  test('by the reason that left most tests out', () => {
    const entries = [
      ...ran(one, 'not-run', `${REASON}\nsee the rig file`),
      ...ran(two, 'not-run', REASON),
      ...ran(silent, 'observed'),
    ];
    const record = foldRecord([runStart([one, two, silent], clauses), ...entries, runEnd]);
    expect(record.exitCode).toBe(4);
    expect(describeExitCode(record)).toBe(`nothing was judged: ${REASON}`);
  });

  test('by the note, where it leaves open all that was looked at', () => {
    const record = foldRecord([runStart([silent], clauses), ...ran(silent, 'observed'), runEnd]);
    expect(describeExitCode(record)).toBe(
      'nothing was judged: the note leaves open what was looked at, so it is only observed',
    );
  });

  test('but not where something was', () => {
    const entries = [...ran(one, 'flaky'), ...ran(two, 'not-run', REASON)];
    const record = foldRecord([runStart([one, two], clauses), ...entries, runEnd]);
    expect(describeExitCode(record)).toBe('nothing failed, but something stayed undecided');
  });
});

test('exit code 4 of a release that left out what the note states says so', () => {
  const stated = [clauseFacts('CFG-A', 'S'), clauseFacts('CFG-B', 'S')];
  const other = planned('other', 'CFG-B');
  const entries = [...ran(one, 'pass'), ...ran(other, 'not-run', 'not selected by --clause')];
  const record = foldRecord([runStart([one, other], stated, { profile: 'release' }), ...entries, runEnd]);
  expect(record.exitCode).toBe(4);
  expect(describeExitCode(record)).toBe(
    'nothing failed, but a release must not leave out what the note states: 1 of its clauses had no test run',
  );
});

test('a known deviation that was met is a judgement: exit code 0', () => {
  const deviation = { clause: 'CFG-A', reason: 'known', reference: 'ticket 1', expires: '2099-01-01' };
  const end = ran(one, 'observed').map((entry) =>
    entry.type === 'test-end' ? { ...entry, deviates: ['CFG-A'] } : entry,
  );
  expect(foldRecord([runStart([one], clauses, {}, [deviation]), ...end, runEnd]).exitCode).toBe(0);
});

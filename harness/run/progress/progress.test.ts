import { planned, ran } from '../../../reports/record/example-run.fixture.ts';
import { ManualClock } from '../../base/manual-clock.fixture.ts';
import { createProgress, type Progress } from './progress.ts';

const one = planned('one', 'CFG-A');
const two = planned('two', 'CFG-A');
const expected = { startMs: 6_000, endMs: 2_000, perTestMs: () => 11_000 };

/** A progress on an output that is no terminal, and the lines it has printed. */
function printing(tests = [one]) {
  const clock = new ManualClock();
  const lines: string[] = [];
  const screen = { write: (text: string) => lines.push(text) };
  return { clock, lines, progress: createProgress(screen, { clock, planned: tests, expected }) };
}

function shown(...entries: Parameters<Progress['show']>[0][]): string[] {
  const { lines, progress } = printing();
  entries.forEach((entry) => progress.show(entry));
  progress.end();
  return lines;
}

describe('the progress of a run, in a log', () => {
  test('shows once that it was interrupted, with the first reason', () => {
    const asked = { type: 'interrupted', signal: 'the process that started the run has ended' } as const;
    expect(shown(asked, { type: 'interrupted', signal: 'SIGTERM' })).toEqual([
      '  the process that started the run has ended: putting the board at rest\n',
    ]);
  });

  test('shows why a test did not pass, in one sentence, and counts', () => {
    const reason = 'the state: expected 1, got 2\n  sent     AT\n  received OK';
    expect(shown(...ran(one, 'fail', reason))).toEqual([
      `  fail  ${one.name}: CFG-A: the state: expected 1, got 2; sent AT, received OK\n`,
      '  server.suite.ts  1 fail\n',
    ]);
  });

  test('shows no control characters of a device or a path', () => {
    const text = 'red \u001b[31m and \u009b2J';
    expect(
      shown({ type: 'message', text }, { type: 'rig-error', code: 'REPORT_FAILED', message: text }),
    ).toEqual(['  red \\x1b[31m and \\x9b2J\n', '  rig error  REPORT_FAILED: red \\x1b[31m and \\x9b2J\n']);
  });

  test('says a minute after its last line how far it is, what goes on and how long it will take', () => {
    const { clock, lines, progress } = printing([one, two]);
    ran(one, 'pass').forEach(progress.show);
    clock.advance(59_000);
    progress.show({ type: 'identity', imei: '863703030822519', revision: 'BC26' });
    progress.show({ type: 'test-start', name: two.name });
    clock.advance(59_000);
    expect(lines).toEqual(['  module 863703030822519, BC26\n']);
    clock.advance(1_000);
    expect(lines[1]).toMatch(/^ {2}1\/2 tests, 1:59, about \d:\d\d left: server\.suite\.ts › two\n$/);
    progress.end();
    clock.advance(600_000);
    expect(lines).toHaveLength(2);
  });
});

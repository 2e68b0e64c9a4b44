import { planned, ran } from '../../reports/record/example-run.fixture.ts';
import { createProgress } from './progress.ts';

const one = planned('one', 'CFG-A');

function shown(...entries: Parameters<ReturnType<typeof createProgress>>[0][]): string[] {
  const lines: string[] = [];
  const progress = createProgress({ write: (text) => lines.push(text) }, [one]);
  entries.forEach((entry) => progress(entry));
  return lines;
}

describe('the progress of a run', () => {
  test('shows once that it was interrupted, with the first reason', () => {
    const asked = { type: 'interrupted', signal: 'the process that started the run has ended' } as const;
    expect(shown(asked, { type: 'interrupted', signal: 'SIGTERM' })).toEqual([
      '  the process that started the run has ended: putting the board at rest\n',
    ]);
  });

  test('shows why a test did not pass, in one sentence, and counts', () => {
    const reason =
      'expect(received).toBe(expected)\n\nExpected: 1\nReceived: 2\n  sent     AT\n  received OK';
    expect(shown(...ran(one, 'fail', reason))).toEqual([
      `  fail  ${one.name}: CFG-A: expected 1, but it was 2; sent AT, received OK\n`,
      '  server.suite.ts  1 fail\n',
    ]);
  });

  test('shows no control characters of a device or a path', () => {
    const text = 'red \u001b[31m and \u009b2J';
    expect(
      shown({ type: 'message', text }, { type: 'rig-error', code: 'REPORT_FAILED', message: text }),
    ).toEqual(['  red \\x1b[31m and \\x9b2J\n', '  rig error  REPORT_FAILED: red \\x1b[31m and \\x9b2J\n']);
  });
});

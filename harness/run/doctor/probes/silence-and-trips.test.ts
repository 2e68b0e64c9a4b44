import { judgeRoundTrips } from './round-trip.ts';
import { judgeSilence } from './silence.ts';

const heard = (text: string) => ({ bytes: text.length, start: Buffer.from(text, 'latin1') });

describe('a silent line', () => {
  test('is one on which nothing came', () => {
    expect(judgeSilence(heard(''), 60)).toMatchObject({ id: 'noise', severity: 'ok' });
  });

  test('may carry what the module reports by itself', () => {
    const text = '\r\n+CPIN: READY\r\n\r\n+IP: 10.0.0.7\r\n\r\n*MATREADY: 1\r\n';
    expect(judgeSilence(heard(text), 60)).toMatchObject({ severity: 'note' });
  });

  test.each([
    ['a byte no module prints', '\xa4', 'noise on the line'],
    ['noise in the middle of a report', '\r\n+CSCON: \xff1\r\n', 'noise on the line'],
    ['a restart', '\n\rF1: 0000 0000\n\rV0: 0000 0000 [0001]\n\r', 'restarted by itself'],
    [
      'an answer to a command of another program',
      '\r\n+CGMM: BC26\r\n\r\nOK\r\n',
      'commands that were not ours',
    ],
    ['a login prompt', 'bench login: ', 'unknown origin'],
  ])('is broken by %s', (_what, text, words) => {
    const finding = judgeSilence(heard(text), 60);
    expect(finding).toMatchObject({ severity: 'broken' });
    expect(finding.what).toContain(words);
    expect(finding.what).not.toContain('\n');
  });

  test('that is never silent is counted whole, and shown in part', () => {
    const finding = judgeSilence({ bytes: 1_000_000, start: Buffer.alloc(4_096, 0xff) }, 1);
    expect(finding.what).toContain('1000000 bytes');
    expect(finding.what.length).toBeLessThan(300);
  });
});

describe('round trips', () => {
  test('are figures while nothing is wrong', () => {
    const findings = judgeRoundTrips([3, 1, 2], [0.5, 0.5, 0.5]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.what).toContain('2.0 ms (median of 3), 95 % within 3.0, longest 3.0');
  });

  test('beyond what the AT manual gives are warned of', () => {
    expect(judgeRoundTrips([3, 301], [0, 0]).map(({ severity }) => severity)).toEqual(['note', 'warning']);
  });

  test('read by a machine that is too busy cannot be judged', () => {
    expect(judgeRoundTrips([3, 3], [9, 9])[1]).toMatchObject({ id: 'lateness', severity: 'warning' });
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import { filesOf } from '../files/run-folder.ts';
import type { Entry } from '../record/entry.ts';
import {
  clauseFacts,
  exchange,
  planned,
  portGone,
  ran,
  runEnd,
  runStart,
} from '../record/example-run.fixture.ts';
import { foldRecord } from '../record/fold-record.ts';
import { coloured, plain } from '../text/format.ts';
import { summaryOf } from './summary.ts';

const folder = filesOf('/tmp/reports/runs/2026-01-31T09-05-07Z-bench-1');
const good = planned('passes', 'CFG-A');
const bad = planned('fails', 'CFG-B');
const left = planned('is left out', 'CFG-C');
const clauses = ['CFG-A', 'CFG-B', 'CFG-C', 'CFG-D', 'CFG-E'].map((id) => clauseFacts(id, 'S'));

const summary = (entries: Entry[], ink = plain) =>
  summaryOf(foldRecord([runStart([good, bad, left], clauses), ...entries, runEnd]), folder, ink);

const mixed: Entry[] = [
  { type: 'identity', imei: '863703030822519', revision: 'BC26NBR01A07' },
  exchange(),
  {
    type: 'own-share',
    own: { measurable: true, exchanges: 200, medianMs: 0.31, bareMedianMs: 0.17, ratio: 1.82 },
  },
  ...ran(good, 'pass'),
  ...ran(bad, 'fail', 'expected 300\n  sent     AT+QDMPCFG=4,1\n  received \\r\\nERROR\\r\\n'),
  ...ran(left, 'not-run', 'the rig has no reset line'),
];

describe('the summary', () => {
  test('shows what was judged and what the exit code means', () => {
    const lines = summary(mixed).split('\n');
    expect(lines).toContain('module 863703030822519, BC26NBR01A07');
    expect(lines).toContain('clauses  5: 1 pass, 1 fail, 3 not-run');
    expect(lines).toContain('tests    3: 1 pass, 1 fail, 1 not-run');
    expect(lines).toContain('Took 71.2 s');
    expect(lines).toContain('Files    /tmp/reports/runs/2026-01-31T09-05-07Z-bench-1');
    expect(lines.join(' ')).toContain(
      'Delay added by the harness: 0.31 ms per command, 1.82 times the 0.17 ms of a plain serial port (medians of 200 commands)',
    );
    expect(lines.slice(-2)).toEqual(['Exit code 1: the module failed a clause', '']);
  });

  test('says of a run that was interrupted whether the board was put at rest', () => {
    const interrupted: Entry = { type: 'interrupted', signal: 'SIGINT' };
    const last = (...entries: Entry[]) =>
      summary([...entries, interrupted])
        .split('\n')
        .at(-2);
    const broken = { type: 'rig-error', code: 'CONTROL_FAILED', message: 'off: exit code 1' } as const;
    expect(last()).toBe('Exit code 130: interrupted (SIGINT); the board was put at rest');
    // The Jest child could not put it at rest, but the supervisor then did.
    expect(last(broken)).toBe(last());
    expect(last({ ...broken, atRest: false })).toBe(
      'Exit code 130: interrupted (SIGINT); the board could NOT be put at rest: see the problems of the run',
    );
  });

  test('says once that a run was interrupted, and names no clause that it did not come to', () => {
    const text = summary([{ type: 'interrupted', signal: 'SIGINT' }]);
    expect(text).toMatch(/^\n*Interrupted by SIGINT after /);
    expect(text).not.toContain('Problems of the run');
    expect(text).toContain('  the run was interrupted before them (');
    expect(text).not.toContain('CFG-A');
  });

  test('shows a failure with its exchange, its clause and its place in the trace', () => {
    expect(summary(mixed)).toContain(
      [
        'Failed',
        '  server.suite.ts › fails  [CFG-B]',
        '      expected 300',
        '        sent     AT+QDMPCFG=4,1',
        '        received \\r\\nERROR\\r\\n',
        '      CFG-B (S, note 2.1 AT+QDMPCFG): What CFG-B says.',
        '      trace.jsonl, lines 10 to 14',
      ].join('\n'),
    );
  });

  test('groups what was not run by its reason', () => {
    expect(summary(mixed)).toContain(
      [
        'Clauses not run',
        '  the rig has no reset line (1 clause)',
        '      CFG-C',
        '  no test judges it (2 clauses)',
        '      CFG-D CFG-E',
      ].join('\n'),
    );
  });

  test('names the first of many clauses that were not run for one reason', () => {
    const many = Array.from({ length: 41 }, (_, n) => planned(`test ${n}`, `CFG-${n}`));
    const ids = many.map((test) => clauseFacts(test.clauses[0]!, 'S'));
    const entries = [
      ...ran(many[0]!, 'pass'),
      ...many.slice(1).flatMap((test) => ran(test, 'not-run', 'not part of profile smoke')),
      runEnd,
    ];
    const shown = (clausePattern: string | null) =>
      summaryOf(foldRecord([runStart(many, ids, { clausePattern }), ...entries]), folder, plain);
    expect(shown(null).replace(/\n +/g, ' ')).toMatch(
      / not part of profile smoke \(40 clauses\) CFG-1 .* CFG-30 … \(10 more in run\.json\)\n/,
    );
    expect(shown('CFG-*')).toMatch(/ CFG-40\n/);
  });

  describe('of a run of some clauses', () => {
    const chosen = clauses.map((clause) =>
      ['CFG-A', 'CFG-C'].includes(clause.id) ? clause : { ...clause, unselected: true },
    );
    const text = summaryOf(
      foldRecord([
        runStart([good, bad, left], chosen, { clausePattern: 'CFG-A,CFG-C' }),
        ...ran(good, 'pass'),
        ...ran(bad, 'not-run', 'not selected by --clause'),
        ...ran(left, 'not-run', 'the rig has no reset line'),
        runEnd,
      ]),
      folder,
      plain,
    );

    test('counts the others in one line', () => {
      expect(text).toContain('\nclauses  5: 1 pass, 1 not-run, 3 not selected\n');
      expect(text).toContain(
        '\ntests    3: 1 pass, 1 not-run, 1 not selected\n         1 not-run: the rig has no reset line\n',
      );
      expect(text).toContain('\nonly the clauses CFG-A,CFG-C: 3 clauses not selected\n');
    });

    test('lists only selected clauses that could not be run', () => {
      expect(text).toContain('Clauses not run\n  the rig has no reset line (1 clause)\n      CFG-C\n\n');
      expect(text).not.toMatch(/CFG-[BDE]/);
    });
  });

  test('shows a rig error once for all its tests, with its remedy', () => {
    const text = summary([
      { type: 'test-start', name: good.name },
      { type: 'test-start', name: bad.name },
      portGone,
    ]);
    expect(text.split('Tests without a verdict, because the rig failed\n')[1]).toMatch(
      /^ {2}PORT_GONE: the port vanished\n {6}2 tests: server/,
    );
    expect(text).toContain('plug it in again');
    expect(text).toContain('Exit code 3: the rig failed, so nothing can be said about the module');
  });

  test('does not judge a percentile from few answers', () => {
    expect(summary(mixed)).toContain(
      'AT+QDMPCFG read: inconclusive, 1 answer, 0 too slow; 58 more needed to judge 95 % of answers',
    );
  });

  test('stays within 110 columns, whatever it has to show', () => {
    const long = ran(bad, 'fail', `${'word '.repeat(100)}\n${'x'.repeat(500)}`);
    for (const line of summary([...long, { type: 'message', text: 'y'.repeat(300) }]).split('\n')) {
      expect(line.length).toBeLessThanOrEqual(110);
    }
  });

  test.each([40, 60, 80])(
    'fits a terminal of %i columns, with its indentation and its paths whole',
    (columns) => {
      const record = foldRecord([runStart([good, bad, left], clauses), ...mixed, runEnd]);
      const inColour = summaryOf(record, folder, coloured, columns);
      const lines = stripVTControlCharacters(inColour).split('\n');
      const path = 'Files    /tmp/reports/runs/2026-01-31T09-05-07Z-bench-1';
      expect(lines).toContain(path);
      for (const line of lines) if (line !== path) expect(line.length).toBeLessThanOrEqual(columns);
      const words = (text: string): string => text.replaceAll(/\s+/g, ' ');
      expect(words(lines.join('\n'))).toBe(words(summaryOf(record, folder, plain)));
      // Broken where its words end, and indented as its first line is.
      const clause = lines.findIndex((line) => line.startsWith('      CFG-B (S, note'));
      expect(lines.slice(clause, clause + 2).every((line) => line.startsWith('      '))).toBe(true);
    },
  );

  test('shows the beginning of a long reason', () => {
    const text = summary(ran(bad, 'fail', Array.from({ length: 100 }, (_, n) => `line ${n}`).join('\n')));
    expect(text).toContain('      line 23\n      … 76 more lines in run.json\n');
  });

  test('has colours only if asked for, and device text never has control characters', () => {
    const entries = ran(bad, 'fail', 'red \u001b[31m and \u009b2J');
    const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;
    expect(summary(entries)).not.toMatch(control);
    const shown = summary(entries, coloured);
    expect(shown).toContain('\u001b[31mFailed');
    expect(shown).toContain('red \\x1b[31m and \\x9b2J');
    const record = foldRecord([runStart([], []), runEnd]);
    expect(summaryOf(record, filesOf('/tmp/a\u001b[31m\u009b'), plain)).toContain('/tmp/a\\x1b[31m\\x9b\n');
  });

  test('lists the files that exist', () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'summary-'));
    const record = foldRecord([runStart([], []), runEnd]);
    writeFileSync(path.join(dir, 'junit.xml'), '');
    writeFileSync(path.join(dir, 'run.json'), '');
    expect(summaryOf(record, filesOf(dir), plain)).toContain(
      `Files    ${dir}\n         run.json, junit.xml\n`,
    );
    rmSync(dir, { recursive: true });
    expect(summaryOf(record, filesOf(dir), plain)).toContain('none: the folder was removed');
  });
});

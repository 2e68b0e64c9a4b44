import path from 'node:path';

import { jest } from '@jest/globals';

import { catalogue } from '../../clauses/catalogue.ts';
import { junitIn, quickRig, recordIn, run, traceIn, workFolder } from './qualify.fixture.ts';

jest.setTimeout(180_000);

const folder = workFolder();
afterAll(() => folder.end());
const quick = quickRig(folder);
const out = (name: string): string => path.join(folder.dir, name);

describe('qualify on the emulated board', () => {
  test('passes a healthy module and leaves record, JUnit and trace', async () => {
    const dir = out('healthy');
    const args = [
      'qualify',
      '--rig',
      quick,
      '--clause',
      'CFG-QUERY-0,CFG-QUERY-1',
      '--seed',
      '7',
      '--out',
      dir,
    ];
    // A folder, where the runner of a pipeline would have a file: said, and no failure.
    const ended = await run(args, { GITHUB_STEP_SUMMARY: folder.dir });
    expect(ended).toMatchObject({ exitCode: 0 });
    expect(ended.stderr).toContain('the summary of the step was not written (GITHUB_STEP_SUMMARY): EISDIR');
    expect(ended.stdout).toContain('every judged clause passed');
    const others = catalogue.length - 2;
    expect(ended.stdout).toContain(
      `only the clauses CFG-QUERY-0,CFG-QUERY-1: ${others} clauses not selected`,
    );
    // Files of which no test was selected are no progress.
    expect(ended.stderr).toContain('20-access-records.suite.ts  ');
    expect(ended.stderr).not.toContain('50-errors.suite.ts');
    const record = recordIn(dir);
    const judged = record.clauses.filter(({ verdict }) => verdict !== 'not-run').map(({ id }) => id);
    expect(judged).toEqual(['CFG-QUERY-0', 'CFG-QUERY-1']);
    expect(record).toMatchObject({
      state: 'complete',
      exitCode: 0,
      seed: 7,
      module: { imei: '863703030822519', revision: 'BC26NBR01A07' },
    });
    expect(record.clauses.find(({ id }) => id === 'CFG-QUERY-1')).toMatchObject({ verdict: 'pass' });
    expect(record.ownShare).toMatchObject({ measurable: true });
    const junit = junitIn(dir);
    expect(junit).toContain('CFG-QUERY-1');
    expect(junit).toContain('863703030822519');
    expect(junit).toContain('BC26NBR01A07');
    const numbers = traceIn(dir).map(({ n }) => n);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });

  test('judges a healthy module’s answer times: in time, or undecided where the machine was slow', async () => {
    const dir = out('timed');
    const ended = await run([
      ...['qualify', '--rig', quick],
      '--profile',
      'smoke',
      '--clause',
      'CFG-QUERY-1,CFG-TIME',
      '--out',
      dir,
    ]);
    const verdicts = new Map(recordIn(dir).clauses.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts.get('CFG-QUERY-1')).toBe('pass');
    // What the machine took is known of this board: it keeps an answer from being judged, and never makes one late.
    expect([
      ['pass', 0],
      ['inconclusive', 4],
    ]).toContainEqual([verdicts.get('CFG-TIME'), ended.exitCode]);
  });

  test('names the clause, the exchange in bytes and the expectation when the module answers wrongly', async () => {
    const dir = out('faulty');
    const ended = await run([
      ...['qualify', '--rig', quick],
      '--clause',
      'CFG-QUERY-1',
      '--fault',
      'query-server-wrong',
      '--max-failures',
      '1',
      '--out',
      dir,
    ]);
    expect(ended.exitCode).toBe(1);
    for (const text of [ended.stdout, junitIn(dir)]) {
      expect(text).toContain('CFG-QUERY-1');
      expect(text).toContain('AT+QDMPCFG=4,1');
      expect(text).toContain('\\r\\n+QDMPCFG: 1,192.168.100.200,65535,4294901');
      expect(text).toContain('expected 1,192.168.100.200,65534,4294901, got 1,192.168.100.200,65535,4294901');
    }
    expect(recordIn(dir).clauses.find(({ id }) => id === 'CFG-QUERY-1')).toMatchObject({ verdict: 'fail' });
  });

  test('keeps the JUnit file well-formed with any bytes in a failing answer', async () => {
    const dir = out('hostile');
    const faults = ['nul-in-answer', 'escape-in-answer', 'ff-in-answer', 'cdata-end-in-answer'];
    const switches = faults.flatMap((id) => ['--fault', id]);
    const ended = await run([
      ...['qualify', '--rig', quick, '--clause', 'CFG-READ-1'],
      ...[...switches, '--out', dir],
    ]);
    expect(ended.exitCode).toBe(1);
    const junit = junitIn(dir);
    for (const text of ['\\x00', '\\x1b', '\\xff', ']]&gt;']) expect(junit).toContain(text);
  });

  test('refuses another module before anything is written', async () => {
    const dir = out('stranger');
    const rig = folder.file(
      'stranger.yaml',
      [
        'name: stranger',
        'control: { driver: emulator, settings: { bootMs: 300 } }',
        "module: { imei: '863703030822510', firmware: BC26NBR01A07 }",
      ].join('\n'),
    );
    const ended = await run(['qualify', '--rig', rig, '--out', dir]);
    expect(ended.exitCode).toBe(3);
    expect(ended.stdout).toContain('IDENTITY_MISMATCH');
    const sent = traceIn(dir).filter(({ source }) => source === 'uart.tx');
    expect(sent.length).toBeGreaterThan(0);
    // Power saving is kept over a reboot, too.
    expect(sent.some(({ data }) => /QDMPCFG|CPSMS|CEDRXS/.test(String(data)))).toBe(false);
    expect(recordIn(dir).tests.every(({ verdict }) => verdict === 'not-run')).toBe(true);
  });
});

test('a run that judged nothing ends 4, with the reason in one line', async () => {
  const ended = await run([
    'qualify',
    '--profile',
    'smoke',
    '--clause',
    'WIRE-ONCE',
    '--out',
    out('nothing'),
  ]);
  expect(ended.exitCode).toBe(4);
  expect(ended.stdout).toMatch(/^Exit code 4: nothing was judged: not part of profile smoke$/m);
});

describe('wrong usage ends 2 and names what is wrong', () => {
  test('a fault that the emulator does not have, in one line', async () => {
    const ended = await run(['qualify', '--fault', 'query-server-wrong', '--fault', 'query-server-wron']);
    expect(ended).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^USAGE: --fault: no fault is called "query-server-wron" \(did you mean query-server-wrong[^\n]*$/,
      ) as string,
    });
  });

  test('a misspelt key in the rig file', async () => {
    const rig = folder.file(
      'misspelt.yaml',
      ['name: x', 'control: { driver: emulator }', 'modul:', "  imei: '863703030822519'"].join('\n'),
    );
    const ended = await run(['qualify', '--rig', rig, '--out', out('misspelt')]);
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toMatch(/misspelt\.yaml:3:1.*modul/);
  });

  test.each([
    [['qualify', '--rig', 'nowhere'], 'RIG_NOT_FOUND'],
    [['qualify', '--clause', 'CFG-QUERRY-1'], 'CLAUSE_UNKNOWN'],
    [['qualify', '--profile', 'weekly'], 'smoke, nightly, release'],
    [['qualify', '--seed', 'x'], 'whole number'],
    [['qualifi'], 'qualify'],
  ])('%j', async (args, text) => {
    const ended = await run(args);
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toContain(text);
  });
});

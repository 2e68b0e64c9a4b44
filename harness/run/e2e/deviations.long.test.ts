import path from 'node:path';

import { jest } from '@jest/globals';

import type { Entry, RunFacts } from '../../../reports/record/entry.ts';
import { ran, runEnd, runStart } from '../../../reports/record/example-run.fixture.ts';
import { foldRecord } from '../../../reports/record/fold-record.ts';
import type { Verdict } from '../../../reports/record/verdict.ts';
import { parseRigFile } from '../../../rigs/file/load-rig-file.ts';
import { deviationsOf, unneededDeviations } from '../qualify/deviations.ts';
import { junitIn, recordIn, run, workFolder } from './qualify.fixture.ts';

jest.setTimeout(180_000);

const folder = workFolder();
afterAll(() => folder.end());
const out = (name: string): string => path.join(folder.dir, name);

/** A rig file that names deviations; `listed` are clauses. */
function rig(name: string, listed: readonly string[], expires = '2999-12-31'): string {
  const entries = listed.map(
    (id) => `  ${id}: { reason: shows quotes, reference: ticket 12, expires: ${expires} }`,
  );
  folder.file(`${name}-known.yaml`, ['firmware: BC26', 'deviations:', ...entries].join('\n'));
  return folder.file(
    `${name}.yaml`,
    [
      `name: ${name}`,
      'control: { driver: emulator }',
      `module: { imei: '863703030822519', firmware: BC26NBR01A07, deviations: ${name}-known.yaml }`,
    ].join('\n'),
  );
}

const load = (file: string) =>
  deviationsOf(
    parseRigFile(
      path.join(folder.dir, 'x.yaml'),
      `name: x\ncontrol: { driver: emulator }\nmodule: { imei: '863703030822519', firmware: BC26, deviations: ${file} }`,
      {},
    ),
    new Date('2026-06-15'),
  );

describe('what may be listed as deviating', () => {
  const messageOf = async (listed: string): Promise<string> => {
    const file = folder.file('known.yaml', `firmware: BC26\ndeviations:\n${listed}`);
    try {
      await load(file);
    } catch (error) {
      return (error as { message: string }).message;
    }
    return 'no mistake';
  };
  const rest = '{ reason: r, reference: t, expires: 2026-12-31 }';

  test.each([
    ['CFG-PORT-RANGE', 'no mistake'],
    ['CFG-MASK-FORM', 'no mistake'],
    ['CFG-MASK', 'is stated by the note and cannot be waived'],
    ['CFG-PORT-0', 'never fails; there is nothing to waive'],
    ['CFG-PORT-RANG', 'no clause is called CFG-PORT-RANG (did you mean CFG-PORT-RANGE or '],
  ])('%s: %s', async (id, text) => {
    expect(await messageOf(`  ${id}: ${rest}`)).toContain(text);
  });
});

describe('a deviation that the firmware does not have', () => {
  const planned = { name: 'a › b', file: 'a', title: 'b', clauses: ['CFG-I'] };
  const deviation = { clause: 'CFG-I', reason: 'r', reference: 't', expires: '2999-12-31' };
  const clauses = [{ id: 'CFG-I', status: 'I', text: 't', section: '2.1' }] as const;
  const found = (verdict: Verdict, own: Partial<RunFacts> = {}, more: readonly Entry[] = []) =>
    unneededDeviations(
      foldRecord([runStart([planned], clauses, own, [deviation]), ...ran(planned, verdict), ...more, runEnd]),
      'known.yaml',
    );

  test('is a mistake after a full run in which the clause passed', () => {
    expect(found('pass')).toMatchObject([
      { type: 'usage-error', code: 'DEVIATION_UNNEEDED', remedy: 'remove CFG-I from known.yaml' },
    ]);
  });

  test.each([
    ['a smoke run', 'pass', { profile: 'smoke' }, []],
    ['a run of some clauses', 'pass', { clausePattern: 'CFG-*' }, []],
    ['a run in which its test was not run', 'not-run', {}, []],
    ['a run that failed', 'pass', {}, [{ type: 'rig-error', code: 'PORT_GONE', message: 'gone' }]],
  ] as [string, Verdict, Partial<RunFacts>, Entry[]][])('cannot be told from %s', (_, verdict, own, more) => {
    expect(found(verdict, own, more)).toEqual([]);
  });
});

describe('qualify with known deviations', () => {
  const only = (dir: string, file: string, ...more: string[]) =>
    run(['qualify', '--rig', file, '--clause', 'CFG-READ-UNQUOTED', '--out', out(dir), ...more]);

  test('observes a listed clause that fails, says so, and ends 0', async () => {
    const ended = await only('listed', rig('listed', ['CFG-READ-UNQUOTED']), '--fault', 'values-quoted');
    expect(ended).toMatchObject({ exitCode: 0 });
    expect(ended.stdout).toContain('CFG-READ-UNQUOTED: shows quotes (ticket 12; until 2999-12-31)');
    const record = recordIn(out('listed'));
    expect(record.clauses.find(({ id }) => id === 'CFG-READ-UNQUOTED')).toMatchObject({
      verdict: 'observed',
    });
    expect(record.deviations).toMatchObject([{ clause: 'CFG-READ-UNQUOTED', seenBy: [expect.any(String)] }]);
    expect(junitIn(out('listed'))).not.toContain('<failure');
  });

  test('fails the same module where nothing is listed', async () => {
    const ended = await only('unlisted', 'emulated', '--fault', 'values-quoted');
    expect(ended).toMatchObject({ exitCode: 1 });
  });

  test('refuses a list with a mistake before anything is opened', async () => {
    const ended = await only('expired', rig('expired', ['CFG-READ-UNQUOTED'], '2020-01-31'));
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toMatch(/expired-known\.yaml:3:\d+: .*expired on 2020-01-31/);
    const checked = await run(['rigs', out('expired.yaml')]);
    expect(checked).toMatchObject({ exitCode: 2, stdout: expect.stringContaining('expired on') as string });
  });
});

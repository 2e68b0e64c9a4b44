import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { loadRigFile } from '../../../rigs/file/load-rig-file.ts';
import { isHilError } from '../../base/error.ts';
import { prepareRun } from '../qualify/prepare-run.ts';
import { refusedBefore } from './refused-before.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'bc26-hil-refused-'));
afterAll(() => rmSync(folder, { recursive: true }));

const written = (name: string, text: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};

const rigFile = (name: string, own: { module?: string; control?: string } = {}): string =>
  written(
    `${name}.yaml`,
    [
      `name: ${name}`,
      `control: { driver: emulator${own.control ?? ''} }`,
      `module: { imei: '863703030822519', firmware: BC26NBR01A07${own.module ?? ''} }`,
    ].join('\n'),
  );

const deviation = (name: string, clause: string, expires: string): string => {
  written(
    `${name}-list.yaml`,
    [
      'firmware: BC26NBR01A07',
      'deviations:',
      `  ${clause}: { reason: known, reference: ticket 1, expires: ${expires} }`,
    ].join('\n'),
  );
  return rigFile(name, { module: `, deviations: ${name}-list.yaml` });
};

const runOf = (rig: string) =>
  prepareRun({
    ...{
      rig,
      profile: 'smoke',
      clausePattern: null,
      seed: 1,
      maxFailures: null,
      stopAt: null,
      out: null,
      latest: false,
      junit: 'rich',
    },
    ...{ faults: [], waitMs: 0, timeoutMs: null },
  });

/** The code for which a run is refused; undefined where it is not. */
async function refusalOf(rig: string): Promise<string | undefined> {
  try {
    await runOf(rig);
    return undefined;
  } catch (error) {
    if (!isHilError(error)) throw error;
    expect(error.blame).toBe('usage');
    return error.code;
  }
}

describe('whatever a run is refused for, the doctor finds', () => {
  test.each([
    [
      'deviations that expired',
      'deviations',
      'DEVIATIONS_INVALID',
      'expired',
      () => deviation('expired', 'CFG-IP-UNQUOTED', '2025-01-01'),
    ],
    [
      'deviations that cannot be waived',
      'deviations',
      'DEVIATIONS_INVALID',
      'cannot be waived',
      () => deviation('stated', 'CFG-READ', '2099-01-01'),
    ],
    [
      'deviations that are not there',
      'deviations',
      'DEVIATIONS_INVALID',
      'no.yaml',
      () => rigFile('none', { module: ', deviations: no.yaml' }),
    ],
    [
      'a setting that the emulator does not have',
      'emulator',
      'EMULATOR_REFUSED',
      'bootsMs',
      () => rigFile('setting', { control: ', settings: { bootsMs: 5 }' }),
    ],
    [
      'a fault that it does not have',
      'emulator',
      'EMULATOR_REFUSED',
      'nope',
      () => rigFile('fault', { control: ', faults: [nope]' }),
    ],
  ] as const)('%s', async (_, id, code, words, make) => {
    const file = make();
    const refused = await refusalOf(file);
    expect(refused).toBe(code);
    const findings = await refusedBefore(await loadRigFile(file), undefined);
    expect(findings.filter(({ severity }) => severity === 'broken')).toEqual([
      expect.objectContaining({ id, what: expect.stringContaining(code) as string }),
    ]);
    const { what, mend } = findings.find((finding) => finding.id === id) ?? {};
    expect(mend).toBeTruthy();
    expect(what).toContain(words);
  });

  test('and nothing where it is not refused', async () => {
    const file = deviation('sound', 'CFG-IP-UNQUOTED', '2099-01-01');
    expect(await refusalOf(file)).toBeUndefined();
    const findings = await refusedBefore(await loadRigFile(file), undefined);
    expect(findings.map(({ id, severity }) => `${id}: ${severity}`)).toEqual(['deviations: ok']);
  });

  test('a private key that is not set here is a warning: the doctor can do without', async () => {
    const findings = await refusedBefore(await loadRigFile(rigFile('secret')), 'BC26_DMP_PASSWORD');
    expect(findings).toMatchObject([{ id: 'secret', severity: 'warning' }]);
    expect(findings[0]?.what).toContain('BC26_DMP_PASSWORD');
  });
});

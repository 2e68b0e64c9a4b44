import path from 'node:path';

import { jest } from '@jest/globals';

import { broken, type DoctorBoard, expecting, startDoctorBoard } from './doctor.fixture.ts';
import { recordIn, run, traceIn } from './qualify.fixture.ts';

jest.setTimeout(300_000);

let board: DoctorBoard;
beforeAll(async () => {
  board = await startDoctorBoard();
});
afterEach(() => board.switchOff());
afterAll(() => board.end());

const KEY = 'Kx7pRt2mWq9dLz4v';
const state = (): Record<string, string> => ({ BC26_HIL_STATE: path.join(board.folder.dir, 'state') });
let runs = 0;

/** Runs a command of the program on this board, with a rig file of its own. */
async function commanded(
  change: Record<string, string>,
  args: readonly string[],
  env: Record<string, string> = {},
) {
  const name = `refused-${++runs}`;
  const out = path.join(board.folder.dir, name);
  const rig = board.folder.file(`${name}.yaml`, board.rigText(change));
  const ended = await run([...args, '--rig', rig, '--out', out], { ...state(), ...env });
  return { ...ended, out };
}

const doctor = ['doctor', '--boots', '1', '--silence', '1'];
const qualify = ['qualify', '--clause', 'CFG-READ', '--no-latest'];

describe('what a run is refused for once it meets the module, the doctor finds', () => {
  test.each([
    [
      'another private key',
      { credentials: `{ appKey: M100000089, password: ${KEY} }` },
      'credentials',
      'CREDENTIALS_AT_RISK',
    ],
    ['no credentials in the rig file', { credentials: '' }, 'credentials', 'CREDENTIALS_AT_RISK'],
    ['another IMEI', { module: expecting('490154203237511') }, 'identity', 'IDENTITY_MISMATCH'],
    [
      'another firmware',
      { module: expecting('863703030822519').replace('BC26NBR01A07', 'BC26NBR01A09') },
      'identity',
      'IDENTITY_MISMATCH',
    ],
  ])('%s', async (_, change, id, code) => {
    const refused = await commanded(change, qualify);
    expect(recordIn(refused.out).problems.map((problem) => problem.code)).toContain(code);
    const findings = await board.examine(board.rig(change));
    expect(broken(findings)).toEqual([id]);
    expect(findings.findings.find((finding) => finding.id === id)?.what).toContain(code);
    expect(findings.said).toContain('not fit for use');
  });
});

describe('the private key of the rig file', () => {
  const change = { credentials: '{ appKey: M100000089, password: { env: DOCTOR_TEST_KEY } }' };

  test('is not asked for where the doctor can do without', async () => {
    const { exitCode, stdout } = await commanded(change, doctor);
    expect(stdout).toMatch(/^warning +secret +.*DOCTOR_TEST_KEY/m);
    expect(stdout).toMatch(/^bench: fit for use; .*secret/m);
    expect(exitCode).toBe(0);
  });

  test('is compared where it is set, and stands in no file', async () => {
    const { exitCode, stdout, out } = await commanded(change, doctor, { DOCTOR_TEST_KEY: KEY });
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^broken +credentials +CREDENTIALS_AT_RISK/m);
    expect(stdout + JSON.stringify(traceIn(out))).not.toContain(KEY);
  });
});

test('a minute of silence shows that time passes', async () => {
  const { stdout } = await commanded({}, ['doctor', '--boots', '1', '--silence', '20']);
  expect(stdout).toMatch(/^ {2}listening to the silent line, 0:1\d of 0:20$/m);
});

test('no place for temporary files is found before the board is touched', async () => {
  const nowhere = { TMPDIR: path.join(board.folder.dir, 'not-there') };
  const refused = await commanded({}, qualify, nowhere);
  expect(refused).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('FOLDER_UNUSABLE') as string,
  });
  const { exitCode, stdout } = await commanded({}, doctor, nowhere);
  expect(exitCode).toBe(3);
  expect(stdout).toMatch(/^broken +temporary +FOLDER_UNUSABLE/m);
  expect(stdout).toContain('the board was not touched');
});

test('a folder of its own that cannot be made is wrong usage of both', async () => {
  for (const args of [qualify, doctor])
    expect(await run([...args, '--rig', 'emulated', '--out', '/proc/x'], state())).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('FOLDER_UNUSABLE') as string,
    });
});

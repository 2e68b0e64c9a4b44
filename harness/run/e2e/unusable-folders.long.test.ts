import { existsSync, mkdirSync } from 'node:fs';

import { jest } from '@jest/globals';
import { execa, execaSync } from 'execa';

import { bin, root, run, workFolder } from './qualify.fixture.ts';

jest.setTimeout(60_000);

const work = workFolder();
afterAll(() => work.end());

/** A rig whose control program makes the file `off` when it is called to switch off. */
const rigThatMakes = (off: string): string =>
  work.file(
    `${off}.yaml`,
    [
      `name: ${off}`,
      `serial: { path: ${work.dir}/tty }`,
      `control: { driver: command, on: ['true'], off: [touch, ${work.dir}/${off}] }`,
      "module: { imei: '863703030822519', firmware: BC26NBR01A07 }",
    ].join('\n'),
  );
const rigFile = rigThatMakes('off');

describe('a folder that cannot be made or written is a mistake of the user, told at once', () => {
  const judge = ['qualify', '--clause', 'CFG-TEST'];
  test.each<[string, string[], Record<string, string>]>([
    ['a run folder that cannot be made', [...judge, '--out', '/proc/none/x'], {}],
    ['a run folder that cannot be written', [...judge, '--out', '/proc'], {}],
    ['a file in the place of the run folder', [...judge, '--out', '/proc/version'], {}],
    ['the state folder', ['rest', '--rig', rigFile], { BC26_HIL_STATE: '/proc/none' }],
    ['the home folder', ['rest', '--rig', rigFile], { HOME: '/proc/none', XDG_STATE_HOME: '' }],
    ['the folder for temporary files', judge, { TMPDIR: '/proc/none' }],
    ['the same, of a command', ['at', 'AT'], { TMPDIR: '/proc/none' }],
  ])('%s', async (_, args, env) => {
    const { exitCode, stderr } = await run(args, { BC26_HIL_STATE: '', ...env });
    expect(stderr).toMatch(/^FOLDER_UNUSABLE: .*\/proc/);
    expect(exitCode).toBe(2);
  });

  test('the folder of an emulated module', async () => {
    const { exitCode, stderr } = await run(['emulate', '--dir', '/proc/none/x']);
    expect(stderr).toMatch(/^emulator: cannot make the folder \/proc\/none/);
    expect(exitCode).toBe(2);
  });
});

describe('a board is put at rest', () => {
  test('without a folder for temporary files', async () => {
    expect(await run(['rest', '--rig', rigFile], { TMPDIR: '/proc/none' })).toMatchObject({ exitCode: 0 });
    expect(existsSync(`${work.dir}/off`)).toBe(true);
  });

  // Only with user namespaces may a test make a disk of its own. Some containers forbid them.
  const mayMount = execaSync('unshare', ['-rm', 'true'], { reject: false }).exitCode === 0;
  (mayMount ? test : test.skip)('while every disk it would write to is full', async () => {
    mkdirSync(`${work.dir}/full`);
    const { exitCode, all } = await execa(
      'unshare',
      [
        ...['-rm', 'sh', '-c'],
        `mount -t tmpfs -o nr_inodes=1 none ${work.dir}/full && exec "$@"`,
        ...['sh', process.execPath, bin, 'rest', '--rig', rigThatMakes('off-when-full')],
      ],
      {
        cwd: root,
        env: { TMPDIR: `${work.dir}/full`, BC26_HIL_STATE: `${work.dir}/full` },
        reject: false,
        all: true,
      },
    );
    expect(all).toContain('at rest');
    expect(exitCode).toBe(0);
    expect(existsSync(`${work.dir}/off-when-full`)).toBe(true);
  });
});

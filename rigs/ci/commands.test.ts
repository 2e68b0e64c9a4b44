import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import { allCi, type Ci, commandsOf, onBench, root, textOf } from './ci-files.fixture.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'ci-commands-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** How the program ends a command line that is right, on a bench that has no such rig file. */
const noRig = {
  exitCode: 2,
  said: `RIG_NOT_FOUND: there is no rig file ${path.join(folder, 'bench-1.yaml')}`,
};

async function answerTo(line: string): Promise<{ exitCode?: number; said?: string }> {
  const { env, moved } = onBench(folder, 'bench-1');
  const options = { cwd: root, env, reject: false, stdin: 'ignore' } as const;
  const { exitCode, stderr } = await execa('bash', ['-eu', '-c', moved(line)], options);
  return { exitCode, said: stderr.split('\n')[0] };
}

/** What the runners set themselves; each other variable has to be set by the file that uses it. */
const runners: Record<Ci, readonly string[]> = {
  github: ['RUNNER_TEMP', 'GITHUB_RUN_ID', 'GITHUB_RUN_ATTEMPT'],
  gitlab: ['CI_PROJECT_DIR'],
  jenkins: ['WORKSPACE', 'BUILD_NUMBER'],
  systemd: ['BOARD'],
};

describe.each(allCi)('the command lines for %s', (ci) => {
  test('install, judge the module, and put the board at rest', () => {
    const words = commandsOf(ci).map((line) => line.replace(/ -.*/, ''));
    const install = ci === 'systemd' ? [] : ['npm ci'];
    const program = 'exec node harness/cli/bin.mjs';
    expect(words).toEqual([...install, `${program} qualify`, `${program} rest`]);
  });

  test('use no variable that nobody sets', () => {
    const used = commandsOf(ci).flatMap((line) => [...line.matchAll(/\$\{?(\w+)/g)].map(([, name]) => name!));
    const set = (name: string): boolean => new RegExp(`\\b${name}\\b'?( =|:|,)`).test(textOf(ci));
    expect(used.filter((name) => !runners[ci].includes(name) && !set(name))).toEqual([]);
  });

  test('keep what outlives a run where all who use the bench have it', () => {
    expect(textOf(ci)).toMatch(/BC26_HIL_STATE( = |: |=)'?\/var\/lib\/bc26-hil'?\n/);
  });

  test('are taken by the program: all that it misses is the rig file', async () => {
    const lines = commandsOf(ci).filter((line) => line.includes('bin.mjs'));
    expect(await Promise.all(lines.map(answerTo))).toEqual([noRig, noRig]);
  });
});

test('the doctor that PI.md ends with is taken by the program, too', async () => {
  const document = readFileSync(path.join(root, 'rigs/PI.md'), 'utf8');
  const [, line] = /^ *sudo -u bench (env .* doctor .*)$/m.exec(document)!;
  expect(await answerTo(line!)).toEqual(noRig);
});

import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { execa } from 'execa';

import { jestCommand } from '../../../../.config/jest-command.mjs';

/** Repository root. */
const root = path.resolve(import.meta.dirname, '../../../..');

const enter = path.join(import.meta.dirname, 'enter.sh');

/** For root, and for an ordinary user, who becomes root of a user namespace. */
const ways = [
  ['unshare', '-m'],
  ['unshare', '-Urm'],
] as const;

/** The command that runs a program with a /sys/class of its own, or why that is impossible. */
interface Namespace {
  readonly command: readonly string[];
  readonly reason: string | undefined;
}

/** Tries both ways into a namespace; takes milliseconds. */
function findNamespace(): Namespace {
  const reasons = new Set<string>();
  for (const [program, flags] of ways) {
    const command = [program, flags, enter];
    const tried = spawnSync(program, [flags, enter, 'true'], {
      encoding: 'utf8',
      timeout: 10_000,
    });
    if (tried.status === 0) return { command, reason: undefined };
    reasons.add(tried.error?.message ?? tried.stderr.trim());
  }
  return { command: [], reason: [...reasons].join('; ') };
}

/** The Jest configuration inside the namespace: as in jest.config.ts, but for *.inside.ts. */
const config = JSON.stringify({
  rootDir: root,
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '@swc/jest' },
  testEnvironment: 'node',
  testMatch: ['<rootDir>/**/*.inside.ts'],
  modulePathIgnorePatterns: ['<rootDir>/reports/runs'],
});

/** Runs a test file in the namespace; resolves with Jest's output and exit code. */
async function runInside({ command }: Namespace, testFile: string) {
  const [program = '', ...args] = command;
  const jest = [
    process.execPath,
    ...jestCommand,
    ...['--config', config, '--runInBand', '--runTestsByPath', testFile],
  ];
  const { exitCode, all } = await execa(program, [...args, ...jest], { cwd: root, reject: false, all: true });
  return { exitCode, output: all };
}

/**
 * A test that runs another test file with a /sys/class of its own. Without a namespace it is skipped, with the reason;
 * in CI it fails instead.
 */
export function testInNamespace(title: string, testFile: string): void {
  const namespace = findNamespace();
  const skipped = namespace.reason !== undefined && !process.env['CI'];
  if (skipped) console.warn(`skipped: ${title}: no mount namespace here (${namespace.reason})`);
  (skipped ? test.skip : test)(title, async () => {
    expect(namespace.reason).toBeUndefined();
    const { exitCode, output } = await runInside(namespace, testFile);
    expect(output).toMatch(/^Tests: +[1-9][0-9]* passed, [0-9]+ total$/m);
    expect(exitCode).toBe(0);
  });
}

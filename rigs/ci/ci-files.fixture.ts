import { readFileSync } from 'node:fs';
import path from 'node:path';

import { parse } from 'yaml';

export const root = path.resolve(import.meta.dirname, '../..');

/** The files by which a CI qualifies a module at the bench. */
export const ciFiles = {
  github: '.github/workflows/bench.yml',
  gitlab: 'rigs/ci/gitlab.yml',
  jenkins: 'rigs/ci/Jenkinsfile',
  systemd: 'rigs/ci/bc26-hil@.service',
} as const;
export type Ci = keyof typeof ciFiles;
export const allCi = Object.keys(ciFiles) as Ci[];

export const textOf = (ci: Ci): string => readFileSync(path.join(root, ciFiles[ci]), 'utf8');

interface Workflow {
  jobs: { qualify: { if: string; steps: { run?: string }[] } };
}
interface Pipeline {
  '.qualify': { script: string[]; after_script: string[] };
}
const caught = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, line]) => line ?? '');

const commands: Record<Ci, (text: string) => string[]> = {
  github: (text) => (parse(text) as Workflow).jobs.qualify.steps.flatMap(({ run }) => run ?? []),
  gitlab(text) {
    const { script, after_script } = (parse(text) as Pipeline)['.qualify'];
    return [...script, ...after_script];
  },
  jenkins: (text) => caught(text, /^ *sh '(.+)'$/gm),
  // systemd starts the program itself, with no shell: that is what exec makes of a shell.
  systemd: (text) =>
    caught(text, /^Exec\w+=(.+)$/gm).map((line) => `exec ${line.replaceAll('%i', '$BOARD')}`),
};

/** The command lines of a file, as a shell is given them, in their order. */
export const commandsOf = (ci: Ci): string[] => commands[ci](textOf(ci));

/**
 * What the command lines of a board find on a bench's machine. All of it lies in `folder`: rig files, what outlives a
 * run (`state`), and what a runner has of its own.
 */
export function onBench(folder: string, board: string) {
  const moved = (text: string): string => text.replaceAll('/etc/bc26-hil', folder);
  return {
    /** A command line, or a path of a file, that looks for the rig files there. */
    moved,
    env: {
      BOARD: board,
      RIG: moved(`/etc/bc26-hil/${board}.yaml`),
      PROFILE: 'smoke',
      BC26_HIL_STATE: path.join(folder, 'state'),
      RUNNER_TEMP: path.join(folder, '_temp'),
      GITHUB_RUN_ID: '1',
      GITHUB_RUN_ATTEMPT: '1',
      CI_PROJECT_DIR: path.join(folder, '_temp'),
      WORKSPACE: path.join(folder, '_temp'),
      BUILD_NUMBER: '1',
    },
  };
}

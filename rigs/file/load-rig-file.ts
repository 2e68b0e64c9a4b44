import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { z } from 'zod';

import { HilError, messageOf } from '../../harness/base/error.ts';
import { type RigFile, rigFileSchema } from './rig-file.ts';
import type { Mistake } from './schema-mistakes.ts';
import { ruleMistakes } from './rig-rules.ts';
import { checkYaml, type FileKind, parseYaml, shownPath, type YamlFile } from './yaml-file.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const rigFileKind: FileKind = {
  code: 'RIG_FILE_INVALID',
  remedy: 'every key of a rig file is described in rigs/README.md',
};

type Written = z.output<typeof rigFileSchema>;

function passwordOf(written: Written, environment: Environment): string | Mistake | undefined {
  const password = written.credentials?.password;
  if (typeof password !== 'object') return password;
  const value = environment[password.env];
  if (value) return value;
  return {
    path: ['credentials', 'password', 'env'],
    at: 'value',
    text: `the environment variable ${password.env} is not set; set it, or write the text itself`,
  };
}

/** A module that cannot keep its memory ends at its first save, in the middle of a run. */
function nvramMistakes(file: string, { control }: Written): Mistake[] {
  if (control.driver !== 'emulator' || control.nvram === undefined) return [];
  const folder = path.dirname(path.resolve(path.dirname(file), control.nvram));
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  const text = `there is no folder ${folder}; make it, or name a file in one that is there`;
  return [{ path: ['control', 'nvram'], at: 'value', text }];
}

/** A rig file as it is written, by its schema, the rules between its keys and what it names on this machine. */
function check(file: string, yaml: YamlFile): Written {
  const written = checkYaml(yaml, rigFileSchema, ruleMistakes);
  const mistakes = nvramMistakes(file, written);
  if (mistakes.length > 0) throw yaml.fail(mistakes);
  return written;
}

/** Defaults that depend on other keys, and paths made absolute. */
function complete(file: string, written: Written, password: string | undefined): RigFile {
  const absolute = (name: string): string => path.resolve(path.dirname(file), name);
  const { name, serial, control, module, platform, credentials } = written;
  return {
    file,
    name,
    serial: { ...serial, ...(serial.path !== undefined && { path: absolute(serial.path) }) },
    control:
      control.driver === 'emulator' && control.nvram !== undefined
        ? { ...control, nvram: absolute(control.nvram) }
        : control,
    module: {
      ...module,
      ...(module.deviations !== undefined && { deviations: absolute(module.deviations) }),
    },
    ...(platform && {
      platform: { ...platform, reachableAs: platform.reachableAs ?? platform.listen.address },
    }),
    ...(credentials && password !== undefined && { credentials: { appKey: credentials.appKey, password } }),
  };
}

/**
 * A rig file's text as a RigFile. `file` is its absolute path: for messages, and the base of relative paths.
 * Throws RIG_FILE_INVALID: one line a mistake, `file:line:column: key.path: what is wrong; what mends it`.
 */
export function parseRigFile(file: string, source: string, environment: Environment): RigFile {
  const yaml = parseYaml(file, source, rigFileKind);
  const written = check(file, yaml);
  const password = passwordOf(written, environment);
  if (typeof password === 'object') throw yaml.fail([password]);
  return complete(file, written, password);
}

/** A rig file that was checked where a run may be impossible, since its secrets are elsewhere. */
export interface CheckedRig {
  /** Without credentials where their variable is not set. */
  readonly rig: RigFile;
  /** The environment variable a run needs and that is not set here. */
  readonly unset?: string;
}

/** The same for whoever only lists rigs or puts a board at rest: a secret that is not here is no mistake. */
function parseWithoutSecrets(file: string, source: string, environment: Environment): CheckedRig {
  const written = check(file, parseYaml(file, source, rigFileKind));
  const password = passwordOf(written, environment);
  if (typeof password !== 'object') return { rig: complete(file, written, password) };
  const named = written.credentials?.password;
  return { rig: complete(file, written, undefined), ...(typeof named === 'object' && { unset: named.env }) };
}

async function sourceOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new HilError('RIG_NOT_FOUND', `cannot read the rig file ${shownPath(file)}: ${messageOf(error)}`, {
      remedy: 'give a rig file that this user may read, or the name of one in rigs/ (bc26-hil rigs)',
      cause: error,
    });
  }
}

/**
 * Reads and checks a rig file. Throws RIG_NOT_FOUND when it cannot be read, RIG_FILE_INVALID (see
 * `parseRigFile`) when it has mistakes. `environment` is where `{ env: NAME }` passwords come from.
 */
export async function loadRigFile(file: string, environment: Environment = process.env): Promise<RigFile> {
  const absolute = path.resolve(file);
  return parseRigFile(absolute, await sourceOf(absolute), environment);
}

/** Reads and checks a rig file as `loadRigFile` does, but does without a password whose variable is not set. */
export async function checkRigFile(
  file: string,
  environment: Environment = process.env,
): Promise<CheckedRig> {
  const absolute = path.resolve(file);
  return parseWithoutSecrets(absolute, await sourceOf(absolute), environment);
}

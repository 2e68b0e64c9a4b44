import { statSync } from 'node:fs';
import path from 'node:path';

import type { Mistake } from './mistake.ts';
import { programMistakes } from './program-mistakes.ts';
import { isReplay, whyNoBoard } from './replay-rig.ts';
import { type RigFile, rigFileSchema, type WrittenRig } from './rig-file.ts';
import { ruleMistakes } from './rig-rules.ts';
import { readRigSource, rigFileKind } from './rig-source.ts';
import { checkYaml, parseYaml, type YamlFile } from './yaml-file.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What the field leaves between two restarts of a real module (BC26.md §4), ms. */
const REBOOT_INTERVAL_MS = 10_000;

/** The key `credentials.password`; none where the module has no credentials saved. */
const writtenPassword = ({ credentials }: WrittenRig): string | { env: string } | undefined =>
  credentials === 'factory' ? undefined : credentials?.password;

function passwordOf(written: WrittenRig, environment: Environment): string | Mistake | undefined {
  const password = writtenPassword(written);
  if (typeof password !== 'object') return password;
  const value = environment[password.env];
  if (value) return value;
  return {
    path: ['credentials', 'password', 'env'],
    at: 'value',
    text: `the environment variable ${password.env} is not set; set it, or write the password itself as credentials.password`,
  };
}

/** Checked here, since an emulated module that cannot write its NVRAM file ends at its first save, in mid-run. */
function nvramMistakes(file: string, { control }: WrittenRig): Mistake[] {
  if (control.driver !== 'emulator' || control.nvram === undefined) return [];
  const folder = path.dirname(path.resolve(path.dirname(file), control.nvram));
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  const text = `the folder ${folder} does not exist; create it, or give a file in an existing folder`;
  return [{ path: ['control', 'nvram'], at: 'value', text }];
}

/** Checks a file against the schema, the rules between its keys, and this machine's folders and programs. */
function checkWritten(file: string, yaml: YamlFile, programs: boolean): WrittenRig {
  if (isReplay(yaml.data)) throw whyNoBoard(file, yaml);
  const written = checkYaml(yaml, rigFileSchema, ruleMistakes) as WrittenRig;
  const mistakes = [...nvramMistakes(file, written), ...(programs ? programMistakes(file, written) : [])];
  if (mistakes.length > 0) throw yaml.fail(mistakes);
  return written;
}

/** Fills in the defaults that depend on other keys and makes paths absolute. */
function complete(file: string, written: WrittenRig, password: string | undefined): RigFile {
  const absolute = (name: string): string => path.resolve(path.dirname(file), name);
  const { name, serial, control, module, platform, credentials } = written;
  return {
    file,
    name,
    serial,
    control:
      control.driver === 'emulator' && control.nvram !== undefined
        ? { ...control, nvram: absolute(control.nvram) }
        : control,
    module: {
      ...module,
      rebootIntervalMs: module.rebootIntervalMs ?? (control.driver === 'emulator' ? 0 : REBOOT_INTERVAL_MS),
      ...(module.deviations !== undefined && { deviations: absolute(module.deviations) }),
    },
    ...(platform && {
      platform: {
        listen: platform.listen,
        reachableAs: platform.reachableAs ?? { address: platform.listen.address },
      },
    }),
    ...(credentials === 'factory' && { credentials }),
    ...(credentials &&
      credentials !== 'factory' &&
      password !== undefined && { credentials: { appKey: credentials.appKey, password } }),
  };
}

/**
 * Parses the text of a rig file.
 * @param file its absolute path: for messages, and the base of relative paths
 * @param environment where `{ env: NAME }` passwords come from
 * @param programs whether the programs that lie beside the file are looked for
 * @throws RIG_REPLAYS for one that plays a run again, RIG_FILE_INVALID with one line for each mistake: `file:line:column: key.path: what is wrong; what to do`
 */
export function parseRigFile(
  file: string,
  source: string,
  environment: Environment,
  programs = false,
): RigFile {
  const yaml = parseYaml(file, source, rigFileKind);
  const written = checkWritten(file, yaml, programs);
  const password = passwordOf(written, environment);
  if (typeof password === 'object') throw yaml.fail([password]);
  return complete(file, written, password);
}

/** A checked rig file; the variable with its password may be missing on this machine. */
export interface CheckedRig {
  /** Without credentials if their variable is not set. */
  readonly rig: RigFile;
  /** The environment variable that a run needs and that is not set. */
  readonly unset?: string;
}

/** For commands that need no password, such as `rigs` and `rest`: a variable that is not set is no mistake. */
function parseWithoutSecrets(file: string, source: string, environment: Environment): CheckedRig {
  const written = checkWritten(file, parseYaml(file, source, rigFileKind), true);
  const password = passwordOf(written, environment);
  if (typeof password !== 'object') return { rig: complete(file, written, password) };
  const reference = writtenPassword(written);
  const unset = typeof reference === 'object' ? reference.env : undefined;
  return { rig: complete(file, written, undefined), ...(unset !== undefined && { unset }) };
}

/**
 * Reads and checks a rig file.
 * @param environment where `{ env: NAME }` passwords come from
 * @throws RIG_NOT_FOUND if it cannot be read, RIG_REPLAYS if it plays a run again, RIG_FILE_INVALID (see `parseRigFile`) if it has mistakes
 */
export async function loadRigFile(file: string, environment: Environment = process.env): Promise<RigFile> {
  const absolute = path.resolve(file);
  return parseRigFile(absolute, await readRigSource(absolute), environment, true);
}

/** Like `loadRigFile`, but accepts that the variable with the password is not set. */
export async function checkRigFile(
  file: string,
  environment: Environment = process.env,
): Promise<CheckedRig> {
  const absolute = path.resolve(file);
  return parseWithoutSecrets(absolute, await readRigSource(absolute), environment);
}

import path from 'node:path';

import { z } from 'zod';

import { readFileWithin } from '../../harness/base/read-file-within.ts';
import { replaceFile } from '../../harness/base/replace-file.ts';
import { stateFolder } from './state-folder.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const ms = z.number().nonnegative();
const chapterTime = z.object({ ms, tests: z.int().positive() });
const runTimes = z.object({ startMs: ms, endMs: ms, chapters: z.record(z.string(), chapterTime) });
const kept = z.record(z.string(), z.array(runTimes));

/** How long the tests of a suite file took together, ms. */
export type ChapterTime = z.infer<typeof chapterTime>;

/** How long the parts of a run took, ms: before its first test, its suite files, after its last test. */
export type RunTimes = z.infer<typeof runTimes>;

/** How many runs of a profile are kept: enough for a median that one odd run does not move. */
const MOST = 5;

/** @param rig a rig's name, which is safe in a file's name by the schema of rig files */
const fileOf = (rig: string, environment: Environment): string =>
  path.join(stateFolder(environment), 'times', `${rig}.json`);

function readAll(rig: string, environment: Environment): z.infer<typeof kept> {
  try {
    return kept.parse(JSON.parse(readFileWithin(fileOf(rig, environment))));
  } catch {
    // A file that is missing or damaged only means that a run's time is foretold less well.
    return {};
  }
}

/** What the last whole runs of a rig took in a profile, oldest first; none where that cannot be read. */
export const timesOf = (
  rig: string,
  profile: string,
  environment: Environment = process.env,
): readonly RunTimes[] => readAll(rig, environment)[profile] ?? [];

/**
 * Keeps what a whole run took.
 * @throws the error of the system
 */
export function keepTimes(
  rig: string,
  profile: string,
  times: RunTimes,
  environment: Environment = process.env,
): void {
  const all = readAll(rig, environment);
  const runs = [...(all[profile] ?? []), times].slice(-MOST);
  replaceFile(fileOf(rig, environment), `${JSON.stringify({ ...all, [profile]: runs })}\n`);
}

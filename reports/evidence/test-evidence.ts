import path from 'node:path';

import { replaceFile } from '../files/replace-file.ts';
import type { RunFolder } from '../files/run-folder.ts';
import { readTrace, type TraceLine } from '../files/trace-file.ts';
import type { RecordedTest, RunRecord } from '../record/record.ts';
import { type WallClock, wallClockOf } from '../timeline/wall-clock.ts';
import { createTranscript, type Transcript } from './transcript.ts';

/** What the trace adds to the record of a test. */
export interface TestEvidence {
  /** Unix time, ms. */
  readonly startedAt: number;
  /** The last lines of each attempt, under a heading; empty for a test that did not fail. */
  readonly transcript: readonly string[];
  /** A file with everything that happened in the test; absent for a test that did not fail, or if it cannot be written. */
  readonly file?: string;
}

export interface RunEvidence {
  /** By the test's name. */
  readonly tests: ReadonlyMap<string, TestEvidence>;
  /** The last lines of the run. */
  readonly tail: readonly string[];
}

export const noEvidence: RunEvidence = { tests: new Map(), tail: [] };

/** Lines in the report, and in the file beside it. */
const SHOWN = 40;
const KEPT = 2_000;

type Range = readonly [number, number];

/** A part of the trace that belongs to a failed test. */
interface Attempt {
  readonly name: string;
  readonly heading: string;
  readonly range: Range;
  readonly shown: Transcript;
  readonly all: Transcript;
}

const failed = ({ verdict }: RecordedTest): boolean =>
  ['fail', 'rig-error', 'inconclusive', 'flaky'].includes(verdict);

function attemptsOf(test: RecordedTest, wall: WallClock): Attempt[] {
  if (!failed(test) || !test.trace) return [];
  const ranges: Range[] = test.attempts?.map(({ trace }) => trace) ?? [test.trace];
  return ranges.map((range, index) => ({
    name: test.name,
    heading: `${ranges.length > 1 ? `attempt ${index + 1}, ` : ''}trace.jsonl lines ${range[0]} to ${range[1]}`,
    range,
    shown: createTranscript(wall, SHOWN),
    all: createTranscript(wall, KEPT),
  }));
}

const within = ({ n }: TraceLine, [first, last]: Range): boolean => n >= first && n <= last;

/** Reads the trace once. @throws RECORD_UNREADABLE */
function readAttempts(trace: string, { tests }: RunRecord) {
  const wall = wallClockOf(trace);
  const attempts = tests.flatMap((test) => attemptsOf(test, wall));
  const waiting = [...attempts].sort((a, b) => a.range[0] - b.range[0]);
  const starts = new Map(
    tests.flatMap(({ name, trace: lines }) => (lines ? [[lines[0], name] as const] : [])),
  );
  const startedAt = new Map<string, number>();
  const tail = createTranscript(wall, SHOWN);
  let open: Attempt[] = [];
  for (const line of readTrace(trace)) {
    tail.add(line);
    const starting = starts.get(line.n);
    if (starting !== undefined) startedAt.set(starting, Number(wall(line.at) / 1_000_000n));
    while (waiting[0] && waiting[0].range[0] <= line.n) open.push(waiting.shift()!);
    if (open.length === 0) continue;
    open = open.filter(({ range }) => range[1] >= line.n);
    for (const { range, shown, all } of open) {
      if (!within(line, range)) continue;
      shown.add(line);
      all.add(line);
    }
  }
  return { attempts, startedAt, tail: tail.lines() };
}

/** Writes the file of a failed test. @returns its path; undefined if it cannot be written: the report has an extract */
function writeFailure(dir: string, number: number, lines: readonly string[]): string | undefined {
  const file = path.join(dir, 'failures', `${String(number).padStart(4, '0')}.txt`);
  try {
    replaceFile(file, `${lines.join('\n')}\n`);
    return file;
  } catch {
    return undefined;
  }
}

function textOf(attempts: readonly Attempt[], which: 'shown' | 'all'): string[] {
  return attempts.flatMap((attempt) => [attempt.heading, ...attempt[which].lines()]);
}

/**
 * Gathers what the trace of a run says about its tests, and writes `failures/NNNN.txt` for each failed one. Without a
 * trace that can be read there is no evidence: a report is made all the same.
 */
export function gatherEvidence(folder: RunFolder, record: RunRecord): RunEvidence {
  let read: ReturnType<typeof readAttempts>;
  try {
    read = readAttempts(folder.trace, record);
  } catch {
    return noEvidence;
  }
  const tests = new Map<string, TestEvidence>();
  record.tests.forEach((test, index) => {
    const startedAt = read.startedAt.get(test.name);
    if (startedAt === undefined) return;
    const own = read.attempts.filter(({ name }) => name === test.name);
    if (own.length === 0) return tests.set(test.name, { startedAt, transcript: [] });
    const file = writeFailure(folder.dir, index + 1, [test.name, ...textOf(own, 'all')]);
    return tests.set(test.name, { startedAt, transcript: textOf(own, 'shown'), ...(file && { file }) });
  });
  return { tests, tail: read.tail };
}

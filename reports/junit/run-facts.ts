import type { RunRecord } from '../record/record.ts';
import type { JunitSuite } from './junit-case.ts';

/** Which module was judged, and how: for viewers that show no properties. */
export const runLine = ({ rig, module, profile, seed, commit }: RunRecord): string =>
  [
    `rig ${rig}`,
    module ? `module ${module.imei}, ${module.revision}` : 'module not identified',
    `profile ${profile}`,
    `seed ${seed}`,
    `commit ${commit ?? 'unknown'}`,
  ].join(', ');

/**
 * A line of output without the mark of an attachment, `[[…`: readers fetch the files that it names, and a module may send
 * one (Jenkins's junit-attachments plugin, test-results-parser).
 */
export const withoutMarks = (line: string): string => line.replaceAll('[[', '[\\x5b');

/** The line of output by which a reader fetches a file. */
export const markOf = (file: string): string => `[[ATTACHMENT|${file}]]`;

/** The name of the whole file. The revision stands here and not in the suites' names, which GitLab's history keeps to. */
export const runName = ({ rig, module, profile }: RunRecord): string =>
  `bc26-hil ${rig} ${module?.revision ?? 'module unknown'} ${profile}`;

/** The facts of the run as properties of each suite. */
export function suiteProperties(record: RunRecord): JunitSuite['properties'] {
  const revision = record.module?.revision ?? 'module unknown';
  return [
    ['rig', record.rig],
    ['revision', revision],
    ['imei', record.module?.imei ?? ''],
    ['profile', record.profile],
    ['seed', String(record.seed)],
    ['clock', String(record.clock)],
    ['commit', record.commit ?? ''],
    ['emulated', String(record.emulated)],
    ['exitCode', String(record.exitCode ?? '')],
    // ReportPortal makes tags of these and splits them at their colon.
    ...[`rig:${record.rig}`, `revision:${revision}`, `profile:${record.profile}`].map(
      (tag) => ['attribute', tag] as const,
    ),
  ];
}

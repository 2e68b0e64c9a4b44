import { countNoun } from '../../../../reports/text/format.ts';
import { type Finding, note, warning } from '../findings/finding.ts';
import type { ProbeContext } from './probe-context.ts';

/** Boot times vary: a module that needs a larger share of the rig file's deadline will exceed it in some run. */
const LARGEST_SHARE = 0.5;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

function spread(name: string, timesMs: readonly number[]): string[] {
  if (timesMs.length === 0) return [];
  const least = `${name} ${seconds(Math.min(...timesMs))}`;
  if (timesMs.length === 1) return [least];
  return [`${least} to ${seconds(Math.max(...timesMs))} (${timesMs.length} boots)`];
}

/** Reports how long the boots took; nothing where there was none. */
export function bootTime({ rig, bench, figures }: ProbeContext): Finding[] {
  const { powerOnMs, resetMs } = figures;
  const parts = [...spread('power-on', powerOnMs), ...spread('reset', resetMs)];
  if (parts.length === 0) return [];
  const longest = Math.max(...powerOnMs, ...resetMs);
  const what = `time to the first OK: ${parts.join(', ')}`;
  const limitMs = Math.min(bench.timing.softMs, LARGEST_SHARE * rig.module.bootDeadlineMs);
  if (longest <= limitMs) return [note('boot-time', what)];
  return [
    warning(
      'boot-time',
      `${what}; that is slow: the rig file allows ${seconds(rig.module.bootDeadlineMs)}`,
      'raise module.bootDeadlineMs, or check supply and SIM: a module that restarts by itself also seems slow',
    ),
  ];
}

/** What the answers to identity may take after the first OK, ms: two questions, asked twice each. A module of another make took 4 s. */
const PROMPT_MS = 1_000;

/** Reports a module that answers `AT` long before it knows its own name (BC26.md §1, Boot time); nothing otherwise. */
export function naming({ rig, figures: { named } }: ProbeContext): Finding[] {
  const slow = named.filter(({ firstMs, namedMs }) => namedMs - firstMs > PROMPT_MS);
  const [slowest] = slow.toSorted((a, b) => b.namedMs - a.namedMs);
  if (!slowest) return [];
  const what =
    `the module is slow to name itself, in ${slow.length} of ${countNoun(named.length, 'boot')}: AT is first answered after ` +
    `${seconds(slowest.firstMs)}, IMEI and revision only after ${seconds(slowest.namedMs)}`;
  if (slowest.namedMs <= LARGEST_SHARE * rig.module.bootDeadlineMs)
    return [note('naming', `${what}; each boot waits for it`)];
  return [
    warning(
      'naming',
      `${what}; the rig file allows ${seconds(rig.module.bootDeadlineMs)}`,
      'raise module.bootDeadlineMs: some boot will take longer',
    ),
  ];
}

/** Reports that boots were waited for, so that they are as far apart as the rig file demands; nothing if none was. */
export function rebootInterval({ bench, rig }: ProbeContext): Finding[] {
  const { rebootWaitsMs } = bench.learned;
  if (rebootWaitsMs.length === 0) return [];
  const allMs = rebootWaitsMs.reduce((sum, ms) => sum + ms, 0);
  const what =
    `waited ${seconds(allMs)} in all before ${countNoun(rebootWaitsMs.length, 'boot')}: the rig file keeps boots ` +
    `${seconds(rig.module.rebootIntervalMs)} apart (module.rebootIntervalMs)`;
  return [note('boot-interval', what)];
}

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

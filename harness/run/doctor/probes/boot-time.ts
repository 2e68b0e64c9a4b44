import { type Finding, note, warning } from '../findings/finding.ts';
import type { Patient } from './probe-context.ts';

/** A module that needs more than this share of what the rig file allows will fail some run by chance. */
const comfortable = 0.5;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

const spread = (name: string, all: readonly number[]): string[] =>
  all.length === 0
    ? []
    : [
        `${name} ${seconds(Math.min(...all))}${all.length > 1 ? ` to ${seconds(Math.max(...all))} (${all.length} boots)` : ''}`,
      ];

/** How long the boots took that were made. None made, none said. */
export function bootTime({ rig, bench, figures }: Patient): Finding[] {
  const { powerOnMs, resetMs } = figures;
  const parts = [...spread('power-on', powerOnMs), ...spread('reset', resetMs)];
  if (parts.length === 0) return [];
  const longest = Math.max(...powerOnMs, ...resetMs);
  const what = `to the first OK: ${parts.join(', ')}`;
  const limitMs = Math.min(bench.timing.softMs, comfortable * rig.module.bootDeadlineMs);
  if (longest <= limitMs) return [note('boot-time', what)];
  return [
    warning(
      'boot-time',
      `${what}; slow, where the rig file allows ${seconds(rig.module.bootDeadlineMs)}`,
      'raise module.bootDeadlineMs, or look at supply and SIM: a module that restarts on its own seems slow',
    ),
  ];
}

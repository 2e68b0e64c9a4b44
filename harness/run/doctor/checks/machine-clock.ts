import { clockMistake } from '../../../base/machine-date.ts';
import { warning } from '../findings/finding.ts';
import type { Check } from './check.ts';

/** A Raspberry Pi has no clock of its own before its fifth model: without a network it begins where it was switched off. */
export const machineClock: Check = ({ now }) => {
  const mistake = clockMistake(now());
  if (mistake === undefined) return [];
  return [
    warning(
      'clock',
      `${mistake}: the times of runs are wrong, and known deviations may have expired unseen`,
      'let the machine reach a time server (systemd-timesyncd), or set its clock with date',
    ),
  ];
};

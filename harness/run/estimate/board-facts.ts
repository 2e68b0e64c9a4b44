import { isEmulated, type RigFile } from '../../../rigs/file/rig-file.ts';
import { measuredOn } from './measured-costs.ts';

/** What of a board decides how long a run takes. */
export interface BoardFacts {
  readonly emulated: boolean;
  /** From the start of a boot until the module has told its name, ms. */
  readonly bootMs: number;
  /** From a command to its answer, ms, on average. */
  readonly answerMs: number;
  /** Network time of the module per second. */
  readonly clock: number;
}

/** The documents give no boot time; a real module was seen to need some five seconds (TRANSCRIPTS.md). */
const REAL_BOOT_MS = 5_000;

/** The emulated module's defaults (`rigs/emulator/settings/module.ts`), with which the costs were measured. */
const usual = { bootMs: 1_500, latencyMs: [5, 25] } as const;

/** What is known of a rig's board before it is switched on. */
export function boardFacts(rig: Pick<RigFile, 'control' | 'module'>): BoardFacts {
  const { clock } = rig.module;
  if (!isEmulated(rig))
    return { emulated: false, bootMs: REAL_BOOT_MS, answerMs: measuredOn.answerMs, clock };
  const { bootMs = usual.bootMs, latencyMs = usual.latencyMs.join('..') } = rig.control.settings;
  const [least = 0, most = least] = String(latencyMs).split('..').map(Number);
  const slower = (least + most - usual.latencyMs[0] - usual.latencyMs[1]) / 2;
  return {
    emulated: true,
    bootMs: measuredOn.bootMs + Number(bootMs) - usual.bootMs,
    answerMs: measuredOn.answerMs + slower,
    clock,
  };
}

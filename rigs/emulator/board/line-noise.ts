import type { Settings } from '../settings/settings.ts';
import { type NextBytes, RepeatedBytes } from './repeated-bytes.ts';

/** Stray bytes on the line to the host while the module has power, as from a bad wire. */
export class LineNoise extends RepeatedBytes {
  protected override next({ noiseHz }: Settings, random: () => number): NextBytes | undefined {
    if (noiseHz === 0) return undefined;
    // With the eighth bit set: no answer and no command has such bytes.
    return { afterMs: 1000 / noiseHz, bytes: () => Uint8Array.of(0x80 + Math.floor(random() * 0x80)) };
  }
}

import type { Entry } from './entry.ts';
import type { RecordedBoot } from './record.ts';

interface BootBook {
  add(entry: Extract<Entry, { type: 'start' | 'reboot' }>): void;
  readonly boots: readonly RecordedBoot[];
  /** What all boots together showed, by observation key. */
  observations(): Readonly<Record<string, string>>;
}

/** Keeps how the module came up at each boot. */
export function createBootBook(): BootBook {
  const boots: RecordedBoot[] = [];
  return {
    boots,
    add({ kind, bootMs, namedMs, echoes }) {
      if (namedMs === undefined || echoes === undefined) return;
      boots.push({ kind, answeredMs: bootMs, namedMs, echoes });
    },
    observations() {
      const booted = boots.filter(({ kind }) => kind !== 'running');
      return {
        ...(booted.length > 0 && {
          'BOOT-ALIVE.answered': rangeOf(booted.map(({ answeredMs }) => answeredMs)),
          'BOOT-ALIVE.named': rangeOf(booted.map(({ namedMs }) => namedMs)),
        }),
        ...(boots.some(({ echoes }) => echoes) && { 'BOOT-ALIVE.echo': 'stays on after ATE0' }),
      };
    },
  };
}

/** From power key or reset, in words. */
const rangeOf = (times: readonly number[]): string =>
  `after ${Math.min(...times)} to ${Math.max(...times)} ms, in ${times.length} ${times.length === 1 ? 'boot' : 'boots'}`;

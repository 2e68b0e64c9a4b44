/** What a client has printed (client.c): round trips, ns; CPU of them all, us; memory at its most, kB. */
export interface Sample {
  readonly ns: readonly number[];
  readonly cpuUs: number;
  readonly memoryKb: number;
}

/** @throws RangeError where a program has printed something else */
export function sampleIn(text: string): Sample {
  const lines = text.trim().split('\n');
  const named = (name: string): number =>
    Number(lines.find((line) => line.startsWith(`${name} `))?.split(' ')[1]);
  const ns = lines.filter((line) => /^\d+$/.test(line)).map(Number);
  const sample = { ns, cpuUs: named('cpu'), memoryKb: named('memory') };
  if (ns.length === 0 || Number.isNaN(sample.cpuUs + sample.memoryKb))
    throw new RangeError(`no sample: ${text.slice(0, 200)}`);
  return sample;
}

const atShare = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** Median, 99th percentile and maximum, us; CPU per exchange, us; memory, MB. */
export function figuresOf(samples: readonly Sample[]): {
  median: number;
  p99: number;
  most: number;
  cpu: number;
  memory: number;
} {
  const all = samples.flatMap(({ ns }) => ns).sort((a, b) => a - b);
  const us = (share: number): number => Math.round(atShare(all, share) / 1000);
  return {
    median: us(0.5),
    p99: us(0.99),
    most: us(1),
    cpu: Math.round(samples.reduce((sum, { cpuUs }) => sum + cpuUs, 0) / all.length),
    memory: Math.round(Math.max(...samples.map(({ memoryKb }) => memoryKb)) / 1024),
  };
}

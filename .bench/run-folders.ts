import { cpSync, linkSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';

import { sealRun } from '../reports/seal/seal.ts';
import { costOf } from './cost.ts';

/** A short run of the emulated module, from which larger ones are made. @returns its folder */
export async function sampleRun(work: string, name: string): Promise<string> {
  const folder = path.join(work, name);
  const judge = ['--profile', 'smoke', '--clause', 'CFG-*', '--seed', '1'];
  const { exitCode, stdout } = await costOf(['qualify', ...judge, '--no-latest', '--out', folder], {
    account: path.join(work, 'account'),
  });
  if (exitCode !== 0) throw new RangeError(`the sample run ended with ${exitCode}: ${stdout}`);
  return folder;
}

/** Copies a run, with lines of its UART repeated before its last line until there are so many. */
export async function grownRun(sample: string, to: string, lines: number): Promise<void> {
  cpSync(sample, to, { recursive: true });
  const all = readFileSync(path.join(sample, 'trace.jsonl'), 'utf8').trimEnd().split('\n');
  const repeated = all.filter((line) => /"source":"uart\./.test(line));
  const from = BigInt(/"at":"(\d+)"/.exec(all.at(-2)!)![1]!);
  const file = await open(path.join(to, 'trace.jsonl'), 'w');
  let buffer = '';
  for (let n = 1; n <= Math.max(lines, all.length); n++) {
    const isAdded = n >= all.length && n < lines;
    const line =
      n >= lines && n >= all.length ? all.at(-1)! : isAdded ? repeated[n % repeated.length]! : all[n - 1]!;
    // A millisecond between two lines.
    const at = n < all.length ? undefined : from + BigInt(n - all.length + 1) * 1_000_000n;
    buffer += `${numbered(line, n, at)}\n`;
    if (buffer.length > 1_000_000) {
      await file.write(buffer);
      buffer = '';
    }
  }
  await file.write(buffer);
  await file.close();
  sealRun(to);
}

const numbered = (line: string, n: number, at: bigint | undefined): string => {
  const timed = at === undefined ? line : line.replace(/"at":"\d+"/, `"at":"${at}"`);
  return timed.replace(/^\{"n":\d+/, `{"n":${n}`);
};

/** Folders of so many earlier runs of the same rig, one second apart, and the last one whole. @returns the last one */
export function history(sample: string, runs: string, count: number): string {
  mkdirSync(runs, { recursive: true });
  const record = readFileSync(path.join(sample, 'run.json'), 'utf8');
  const { rig, startedAt } = JSON.parse(record) as { rig: string; startedAt: string };
  const began = Date.parse(startedAt);
  const folder = (secondsBefore: number): string => {
    const at = new Date(began - secondsBefore * 1000).toISOString().slice(0, 19).replaceAll(':', '-');
    return path.join(runs, `${at}Z-${rig}`);
  };
  const earlier = path.join(runs, 'earlier.json');
  writeFileSync(earlier, record.replaceAll(startedAt, new Date(began - count * 1000).toISOString()));
  for (let n = count; n >= 1; n--) {
    mkdirSync(folder(n));
    linkSync(earlier, path.join(folder(n), 'run.json'));
  }
  cpSync(sample, folder(0), { recursive: true });
  return folder(0);
}

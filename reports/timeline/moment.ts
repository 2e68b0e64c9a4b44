import type { WallClock } from './wall-clock.ts';

const NS_PER_S = 1_000_000_000;
const DAY_NS = 86_400n * 1_000_000_000n;

const units = { ms: 0.001, s: 1, m: 60, h: 3_600 };

/**
 * A moment of a run, as a person writes it: `90s`, `1.5m` (since its start), `09:05:07`, `09:05:07.25` (UTC, on the day of
 * the start or the next one), `2026-01-31T09:05:07Z`.
 * @param start the first line's time, monotonic ns
 * @returns monotonic ns; undefined if it is none of these
 */
export function momentOf(text: string, start: bigint, wall: WallClock): bigint | undefined {
  const since = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  if (since) {
    const seconds = Number(since[1]) * units[since[2] as keyof typeof units];
    return start + BigInt(Math.round(seconds * NS_PER_S));
  }
  const startWall = wall(start);
  const day = new Date(Number(startWall / 1_000_000n)).toISOString().slice(0, 'YYYY-MM-DD'.length);
  const isTimeOfDay = /^\d\d:\d\d:\d\d(\.\d+)?$/.test(text);
  if (!isTimeOfDay && !/^\d{4}-\d\d-\d\dT/.test(text)) return undefined;
  const ms = Date.parse(isTimeOfDay ? `${day}T${text}Z` : text);
  if (Number.isNaN(ms)) return undefined;
  const at = BigInt(Math.round(ms * 1e6)) - startWall + start;
  // 00:10 of a run that began at 23:50.
  return isTimeOfDay && at < start - DAY_NS / 2n ? at + DAY_NS : at;
}

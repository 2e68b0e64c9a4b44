/** No clock is right that shows an earlier time: this program did not exist. A machine without a battery begins in 1970. */
const earliest = new Date('2026-01-01T00:00:00Z');

/** A day by which expiry can be judged: where the clock cannot be right, the earliest that it can be. */
export const soundDate = (now: Date): Date => (now < earliest ? earliest : now);

/** What is wrong with the machine's clock; undefined if it can be right. */
export function clockMistake(now: Date): string | undefined {
  if (now >= earliest) return undefined;
  const [shown, least] = [now, earliest].map((date) => date.toISOString().slice(0, 10));
  return `the clock of this machine shows ${shown}, but this program is not older than ${least}`;
}

import { html, type TemplateResult } from 'lit-html';

/** A duration for people: `870 µs`, `12.3 ms`, `4.56 s`, `3 min 20 s`. */
export function duration(ms: number): string {
  if (ms < 1) return `${Math.round(ms * 1000)} µs`;
  if (ms < 1000) return `${ms < 100 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(2)} s`;
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `1 test`, `2 tests`. */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

/** How many there are of each, in order of first appearance. */
export function tally(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** What a clause's status means. */
export const statuses = {
  S: 'stated by the note',
  E: 'shown by an example only',
  I: 'inferred from the note',
  U: 'the note is silent',
} as const;

/** A clause's words: what stands between backticks is shown as code. */
export const coded = (words: string): TemplateResult[] =>
  words.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));

/** A change of a line: when, in ns, and its level. */
export type Edge = readonly [at: number, level: 0 | 1];

/** 8N1: a start bit, eight data bits with the lowest first, a stop bit. */
const BITS = 10;

/** How long some bytes take on the wire, ns. */
export const wireNs = (bytes: number, baud: number): number => (bytes * BITS * 1e9) / baud;

/** The bits at which a byte's frame changes, by the byte: to low, to high, and so on, since the line is high before and after. */
const changes: readonly (readonly number[])[] = Array.from({ length: 256 }, (_, byte) => {
  const levels = [1, 0, ...Array.from({ length: 8 }, (_, bit) => (byte >> bit) & 1), 1];
  return levels.flatMap((level, index) => (index > 0 && level !== levels[index - 1] ? [index - 1] : []));
});

/**
 * The edges of bytes on a serial line that is high while it is idle, made as they are asked for: a long run has millions.
 * @param data latin1
 * @param at when the first start bit begins, ns
 */
export function* serialWave(data: string, at: number, baud: number): Generator<Edge> {
  const bit = 1e9 / baud;
  for (let index = 0; index < data.length; index++) {
    let level: 0 | 1 = 1;
    for (const position of changes[data.charCodeAt(index) & 0xff]!) {
      level = level === 1 ? 0 : 1;
      yield [at + (index * BITS + position) * bit, level];
    }
  }
}

/** A change of a line: when, in ns, and its level. */
export type Edge = readonly [at: number, level: 0 | 1];

/** 8N1: a start bit, eight data bits with the lowest first, a stop bit. */
const BITS = 10;

/** How long some bytes take on the wire, ns. */
export const wireNs = (bytes: number, baud: number): number => (bytes * BITS * 1e9) / baud;

/**
 * The edges of bytes on a serial line that is high while it is idle.
 * @param data latin1
 * @param at when the first start bit begins, ns
 */
export function serialWave(data: string, at: number, baud: number): Edge[] {
  const bit = 1e9 / baud;
  const edges: Edge[] = [];
  let level = 1;
  const change = (to: number, when: number): void => {
    if (to === level) return;
    level = to;
    edges.push([when, to as 0 | 1]);
  };
  Array.from(data, (char) => char.charCodeAt(0)).forEach((byte, index) => {
    const start = at + index * BITS * bit;
    change(0, start);
    for (let number = 0; number < 8; number++) change((byte >> number) & 1, start + (number + 1) * bit);
    change(1, start + 9 * bit);
  });
  return edges;
}

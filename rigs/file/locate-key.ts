import { type Document, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml';

/** Keys and indices from the top of the file down to a value. */
export type KeyPath = readonly PropertyKey[];

interface Place {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

interface Step {
  readonly key: Node | undefined;
  readonly value: Node | undefined;
}

const stepInto = (node: Node | undefined, name: PropertyKey): Step | undefined => {
  if (isSeq<Node>(node)) return { key: undefined, value: node.items[Number(name)] };
  if (!isMap<Node, Node>(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(name));
  return pair && { key: pair.key, value: pair.value ?? undefined };
};

const offsetOf = (node: Node | undefined): number | undefined => node?.range?.[0];

/**
 * Where `path` stands in the file: its value (or, with `at: 'key'`, its key). Of a path that is not there,
 * where the nearest thing above it begins.
 */
export function locateKey(
  document: Document.Parsed,
  lines: LineCounter,
  path: KeyPath,
  at: 'key' | 'value',
): Place {
  let node: Node | undefined = document.contents ?? undefined;
  let offset = offsetOf(node) ?? 0;
  for (const [index, name] of path.entries()) {
    const step = stepInto(node, name);
    if (!step) break;
    const wanted = at === 'key' && index === path.length - 1 ? step.key : step.value;
    offset = offsetOf(step.key) ?? offset;
    offset = offsetOf(wanted) ?? offset;
    node = step.value;
  }
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

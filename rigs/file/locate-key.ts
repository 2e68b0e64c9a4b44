import { type Document, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml';

import type { KeyPath } from './mistake.ts';

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
 * Finds line and column of the value at `path`, or of its key with `at: 'key'`. If the path does not exist, the
 * place of the nearest existing key above it.
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

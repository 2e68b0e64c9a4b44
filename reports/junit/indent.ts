import type { Element } from '@xmldom/xmldom';

const isBlank = ({ nodeType, nodeValue }: { nodeType: number; nodeValue: string | null }): boolean =>
  nodeType === 3 && (nodeValue ?? '').trim() === '';

/** Lays out an element whose children are elements; text is left as it is. */
export function indent(element: Element, depth: number): void {
  for (const node of [...element.childNodes]) if (isBlank(node)) element.removeChild(node);
  const children = [...element.childNodes];
  if (children.length === 0 || children.some(({ nodeType }) => nodeType !== 1)) return;
  const document = element.ownerDocument!;
  const lineBreak = (by: number) => document.createTextNode(`\n${'  '.repeat(by)}`);
  for (const child of children as Element[]) {
    element.insertBefore(lineBreak(depth + 1), child);
    indent(child, depth + 1);
  }
  element.appendChild(lineBreak(depth));
}

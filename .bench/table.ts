import type { Row } from './bench.ts';

/** Rows as a table of Markdown: their names from the first column on, figures to the right. */
export function tableOf(rows: readonly Row[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const isFigure = (name: string): boolean => rows.every((row) => typeof row[name] !== 'string');
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(names),
    line(names.map((name) => (isFigure(name) ? '---:' : '---'))),
    ...rows.map((row) => line(names.map((name) => String(row[name] ?? '')))),
  ].join('\n');
}

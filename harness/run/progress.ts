import { styleText } from 'node:util';

import type { Entry, PlannedTest } from '../../reports/record/entry.ts';
import type { Verdict } from '../../reports/record/verdict.ts';
import { failureSentence } from '../../reports/text/failure-sentence.ts';
import { escapeText } from '../base/escape.ts';

/** An output stream for people, such as standard error. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

type Style = Parameters<typeof styleText>[0];
const styles: Partial<Record<Verdict, Style>> = {
  fail: 'red',
  'rig-error': 'magenta',
  inconclusive: 'yellow',
  flaky: 'yellow',
};

/**
 * Shows the progress of a run: one line per suite file when it is done, one line at once for each test that did not
 * pass and each problem, and on a terminal a last line that changes.
 */
export function createProgress(screen: Screen, planned: readonly PlannedTest[]): (entry: Entry) => void {
  const left = new Map<string, number>();
  for (const { file } of planned) left.set(file, (left.get(file) ?? 0) + 1);
  const known = new Map(planned.map((test) => [test.name, test]));
  const counts = new Map<string, Map<Verdict, number>>();
  const startedAt = Date.now();
  let interrupted = false;
  let done = 0;

  const line = (text: string) => screen.write(`${screen.isTTY ? '\r\u001b[K' : ''}${text}\n`);
  const moving = (text: string) => {
    if (screen.isTTY) screen.write(`\r\u001b[K${text}`);
  };
  const colour = (verdict: Verdict, text: string) => {
    const style = styles[verdict];
    return screen.isTTY && style ? styleText(style, text) : text;
  };

  function ended(name: string, verdict: Verdict, reason: string | undefined): void {
    const test = known.get(name);
    if (!test) return;
    const { file, clauses } = test;
    done++;
    const count = counts.get(file) ?? new Map<Verdict, number>();
    counts.set(file, count.set(verdict, (count.get(verdict) ?? 0) + 1));
    if (styles[verdict])
      line(
        `  ${colour(verdict, verdict)}  ${escapeText(`${name}: ${failureSentence({ clauses, reason })}`)}`,
      );
    const rest = (left.get(file) ?? 1) - 1;
    left.set(file, rest);
    if (rest === 0) line(`  ${file}  ${[...count].map(([v, n]) => `${n} ${v}`).join(', ')}`);
    moving(`  ${done}/${planned.length} tests, ${Math.round((Date.now() - startedAt) / 1000)} s`);
  }

  return (entry) => {
    switch (entry.type) {
      case 'identity':
        return line(`  module ${entry.imei}, ${entry.revision}`);
      case 'test-start':
        return moving(`  ${done}/${planned.length}  ${entry.name.slice(0, 100)}`);
      case 'waiting':
        return moving(`  ${done}/${planned.length}  ${escapeText(entry.text)}`);
      case 'test-end':
        return ended(entry.name, entry.verdict, entry.reason);
      case 'rig-error':
        return line(
          `  ${colour('rig-error', 'rig error')}  ${escapeText(`${entry.code}: ${entry.message}`)}`,
        );
      case 'message':
        return line(`  ${escapeText(entry.text)}`);
      case 'interrupted':
        // It comes twice: at the request, and for the record once the child has ended.
        if (interrupted) return;
        interrupted = true;
        return line(`  ${entry.signal}: putting the board at rest`);
      default:
        return undefined;
    }
  };
}

import { styleText } from 'node:util';

import type { Entry, PlannedTest } from '../../../reports/record/entry.ts';
import type { Verdict } from '../../../reports/record/verdict.ts';
import { failureSentence } from '../../../reports/text/failure-sentence.ts';
import { type Clock, toMs } from '../../base/clock.ts';
import type { Expected } from './expected.ts';
import { createForecast } from './forecast.ts';
import { createPulse } from './pulse.ts';
import type { Screen } from './screen.ts';
import { openStatusBlock } from './status-block.ts';
import { type Advance, advanceText, statusLine } from './status-line.ts';
import { createTally } from './tally.ts';

type Style = Parameters<typeof styleText>[0];
const styles: Partial<Record<Verdict, Style>> = {
  fail: 'red',
  'rig-error': 'magenta',
  inconclusive: 'yellow',
  flaky: 'yellow',
};

/** The progress of a run on a screen. */
export interface Progress {
  readonly show: (entry: Entry) => void;
  /** Takes the changing lines away, before something else is printed. Idempotent. */
  readonly end: () => void;
}

export interface ProgressOptions {
  readonly clock: Clock;
  /** The tests that the run judges. */
  readonly planned: readonly PlannedTest[];
  readonly expected: Expected;
}

/** How often the screen shows that time passes, and how soon it shows what happened, ms. */
const onTerminal = { everyMs: 1_000, soonMs: 100 };
/** In a log of CI a line is printed when nothing else was for so long, ms. */
const inLog = { everyMs: 60_000, soonMs: 60_000 };

/**
 * Shows the progress of a run: one line per suite file when it is done, one line at once for each test that did not
 * pass and each problem. On a terminal two lines below them change: how far it is, and what goes on; elsewhere a line
 * says so now and then.
 */
export function createProgress(screen: Screen, { clock, planned, expected }: ProgressOptions): Progress {
  const block = openStatusBlock(screen);
  const forecast = createForecast(planned, expected);
  const tally = createTally(planned);
  const began = clock.now();
  const elapsed = (): number => toMs(clock.now() - began);
  let interrupted = false;
  let goesOn = 'the board is opened and the module brought up';

  const advance = (): Advance => ({
    ...tally.counts(),
    ...forecast.outlook(elapsed()),
    elapsedMs: elapsed(),
  });
  const pulse = createPulse(clock, block.isShown ? onTerminal : inLog, () => {
    if (block.isShown) block.draw((columns) => [statusLine(advance(), columns), `  ${goesOn}`]);
    else block.print(`  ${advanceText(advance())}: ${goesOn}`);
  });

  function print(text: string, paint?: (row: string) => string): void {
    block.print(text, paint);
    if (!block.isShown) pulse.rest();
  }

  const marked = (mark: string, style: Style | undefined, text: string): void =>
    print(`  ${mark}  ${text}`, (row) => (style ? row.replace(mark, (word) => styled(style, word)) : row));

  function ended(name: string, verdict: Verdict, reason: string | undefined): void {
    const ending = tally.end(name, verdict);
    if (!ending) return;
    const { clauses, file } = ending.test;
    if (styles[verdict]) marked(verdict, styles[verdict], `${name}: ${failureSentence({ clauses, reason })}`);
    if (ending.ofFile !== undefined) print(`  ${file}  ${ending.ofFile}`);
    if (tally.counts().done === planned.length) goesOn = 'the module is given back what it held';
  }

  function show(entry: Entry): void {
    forecast.add(entry, elapsed());
    switch (entry.type) {
      case 'identity':
        return print(`  module ${entry.imei}, ${entry.revision}`);
      case 'test-start':
        goesOn = entry.name;
        return;
      case 'test-again':
        goesOn = `once more: ${entry.name}`;
        return;
      case 'waiting':
        goesOn = entry.text;
        return;
      case 'test-end':
        return ended(entry.name, entry.verdict, entry.reason);
      case 'rig-error':
        return marked('rig error', styles['rig-error'], `${entry.code}: ${entry.message}`);
      case 'message':
        return print(`  ${entry.text}`);
      case 'interrupted':
        // It comes twice: at the request, and for the record once the child has ended.
        if (interrupted) return;
        interrupted = true;
        goesOn = 'the board is put at rest';
        return print(`  ${entry.signal}: putting the board at rest`);
      default:
        return undefined;
    }
  }

  return {
    show(entry) {
      show(entry);
      pulse.soon();
    },
    end() {
      pulse.end();
      block.end();
    },
  };
}

// The caller decides about colours; Node would check standard output, which may be another stream.
const styled = (style: Style, text: string): string => styleText(style, text, { validateStream: false });

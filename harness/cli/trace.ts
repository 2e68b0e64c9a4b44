import { Command, InvalidArgumentError, Option } from 'commander';

import { type ExportFormat, exportFormats } from '../../reports/exports/export.ts';
import { HilError } from '../base/error.ts';
import { escapeText } from '../base/escape.ts';
import { didYouMean } from '../base/nearest.ts';
import type { TraceSource } from '../base/trace.ts';
import type { TraceQuestion } from '../run/trace/wanted-lines.ts';
import type { Finish } from './finish.ts';
import { oneOf } from './option-parsers.ts';

interface Options {
  readonly source?: readonly TraceSource[];
  readonly test?: string;
  readonly clause?: string;
  readonly from?: string;
  readonly to?: string;
  readonly lines?: readonly [number, number];
  readonly follow?: true;
  readonly export?: ExportFormat;
  readonly out?: string;
}

const sources: Readonly<Record<string, readonly TraceSource[]>> = {
  uart: ['uart.rx', 'uart.tx'],
  platform: ['platform.rx', 'platform.tx'],
  'uart.rx': ['uart.rx'],
  'uart.tx': ['uart.tx'],
  'platform.rx': ['platform.rx'],
  'platform.tx': ['platform.tx'],
  control: ['control'],
  test: ['test'],
  note: ['note'],
};

/** `trace [RUN]`: the time line of a run. */
export function traceCommand(finish: Finish): Command {
  return new Command('trace')
    .description('show the time line of a run: bytes, switches, packets, tests')
    .argument('[run]', 'the folder of a run (default: reports/latest)')
    .option(
      '--source <names>',
      `only these, separated by commas: ${Object.keys(sources).join(', ')}`,
      sourcesOf,
    )
    .option('--test <text>', 'only the tests with this in their name')
    .option('--clause <pattern>', 'only the tests of these clauses, as in qualify')
    .option('--from <time>', 'from this time on: 90s or 1.5m since the start, or 09:05:07 in UTC')
    .option('--to <time>', 'up to this time')
    .option('--lines <a-b>', 'only lines a to b, as a failure names them', lineRange)
    .addOption(new Option('--follow', 'go on with a run that has not ended').conflicts(['export']))
    .addOption(
      new Option('--export <format>', 'write a file for another program')
        .choices(exportFormats)
        .argParser(oneOf(exportFormats)),
    )
    .option('--out <file>', 'the file to export to')
    .addHelpText(
      'after',
      `
Each line has its number in trace.jsonl, the time in UTC, where it comes from, and what happened. Control characters
are visible: \\r, \\n, \\x00.

Formats:
  pcapng  the UART (as RTAC serial) and the platform's packets, for Wireshark and tshark; exchanges, tests and
          switches are packet comments
  vcd     power, reset, power key, both directions of the UART and the tests as lines, for PulseView and sigrok-cli
  csv     a row for each exchange; a field that a spreadsheet would take for a formula begins with '

Exit code 0; 2 when the run cannot be read or the file cannot be written.

  bc26-hil trace                                       the newest run
  bc26-hil trace reports/latest --lines 125-179        what a failure names
  bc26-hil trace --clause CFG-QUERY-1 --source uart    the bytes of some tests
  bc26-hil trace --follow --source test                watch a run
  bc26-hil trace --export pcapng --out run.pcapng`,
    )
    .action(async (run: string | undefined, options: Options) => {
      await act(run ?? null, options);
      finish(0);
    });
}

async function act(run: string | null, options: Options): Promise<void> {
  const { exportTrace, showTrace } = await import('../run/trace/show-trace.ts');
  const question: TraceQuestion = {
    sources: options.source ?? null,
    test: options.test ?? null,
    clausePattern: options.clause ?? null,
    from: options.from ?? null,
    to: options.to ?? null,
    lines: options.lines ?? null,
  };
  if (options.export === undefined && options.out === undefined)
    return showTrace(run, question, process.stdout, options.follow && new AbortController().signal);
  if (options.export === undefined || options.out === undefined)
    throw new HilError('USAGE', '--export and --out belong together: --export pcapng --out run.pcapng');
  const said = exportTrace(run, question, { format: options.export, file: options.out });
  process.stdout.write(`${escapeText(options.out)}: ${said}\n`);
}

function sourcesOf(text: string): TraceSource[] {
  return text.split(',').flatMap((name) => {
    const known = sources[name];
    if (known && Object.hasOwn(sources, name)) return known;
    throw new InvalidArgumentError(`'${name}' is no source${didYouMean(name, Object.keys(sources))}.`);
  });
}

function lineRange(text: string): [number, number] {
  const [, first, last] = (/^(\d{1,12})(?:-(\d{1,12}))?$/.exec(text) ?? []).map(Number);
  const end = last === undefined || Number.isNaN(last) ? first : last;
  if (first !== undefined && end !== undefined && first <= end) return [first, end];
  throw new InvalidArgumentError('It must be a line or a range of lines, e.g. 125-179.');
}

import {
  clause,
  type Fixtures,
  inconclusive,
  maxResponseMs,
  notRun,
  sourceOfCode,
} from '../harness/jest/suite.ts';

type Statement = ReturnType<Fixtures['run']['timing']>[number];

/** What keeps a statement about one kind of answers from being made, in words. */
function doubts({ kind, n, inconclusive: near, missing, asked }: Statement): string[] {
  return [
    ...(near > 0 ? [`${near} of ${n} ${kind}s were too near ${maxResponseMs} ms to be judged`] : []),
    ...(missing > 0
      ? [`${asked} of ${kind}s needs ${missing} answers more than ${n} (95 % confidence)`]
      : []),
  ];
}

/**
 * Judges every answer of the run so far to one command against the note's maximum response time. One too late
 * beyond doubt fails, at any n, and so does one that never came from a module that went on answering; a pass needs as many as the profile's percentile does, of reads and of writes.
 */
function judgeTimes({ run }: Fixtures, command: string): Promise<void> {
  const answers = run.exchanges.filter((exchange) => exchange.command === command);
  const late = answers.filter(({ inTime }) => inTime === 'over');
  const text = late.map(({ form, lo, hi, final }) =>
    final === ''
      ? `${form}: no answer in ${lo.toFixed(0)} ms`
      : `${form}: ${lo.toFixed(1)} to ${hi.toFixed(1)} ms`,
  );
  expect(answers.length).toBeGreaterThan(0);
  expect(text).toEqual([]);
  const open = run.timing(command).flatMap(doubts);
  if (open.length > 0) inconclusive(open.join('; '));
  return Promise.resolve();
}

const wholeRun = { profile: 'smoke', hindsight: true } as const;

clause(
  'CFG-TIME',
  'every answer to AT+QDMPCFG was complete within 300 ms',
  (all) => judgeTimes(all, 'AT+QDMPCFG'),
  wholeRun,
);

clause(
  'EX-TIME',
  'every answer to AT+QDMPCFGEX was complete within 300 ms',
  (all) => judgeTimes(all, 'AT+QDMPCFGEX'),
  wholeRun,
);

/** Whichever suite rebooted, and for whatever: a second boot within an announced one is no restart nobody asked for. */
clause(
  'BOOT-ALIVE',
  'no reboot of the run booted the module more than once',
  ({ run }) => {
    if (run.reboots.length === 0) notRun('nothing was rebooted');
    // No boot text is no failure: a firmware may print none.
    const twice = run.reboots.flatMap(({ kind, boots }, index) =>
      boots > 1 ? [`reboot ${index + 1} (${kind}): ${boots} boots`] : [],
    );
    expect(twice).toEqual([]);
    return Promise.resolve();
  },
  wholeRun,
);

const lineClauses = [
  ['AT-FRAME', 'every answer was framed by CR LF'],
  ['AT-ONE-FINAL', 'no command had more than one final result'],
  ['BOOT-ALIVE', 'the module never restarted by itself'],
] as const;

for (const [id, title] of lineClauses) {
  clause(
    id,
    title,
    ({ run }) => {
      const faults = run.lineFaults.filter((fault) => fault.clause === id);
      expect(faults.map(({ text }) => text)).toEqual([]);
      return Promise.resolve();
    },
    wholeRun,
  );
}

/** The number of a `+CME ERROR` or `+CMS ERROR`. */
const codeIn = (final: string): number | undefined => {
  const code = /^\+CM[ES] ERROR: *(\d+)$/.exec(final)?.[1];
  return code === undefined ? undefined : Number(code);
};

clause(
  'ERR-CODES',
  'every numeric code of the run is that of a standard behind the note',
  ({ run }) => {
    const unknown = run.exchanges
      .filter(({ command }) => ['AT+QDMPCFG', 'AT+QDMPCFGEX'].includes(command))
      .filter(({ final }) => codeIn(final) !== undefined && sourceOfCode(codeIn(final) ?? NaN) === undefined);
    expect(unknown.map(({ form, final }) => `${form}: ${final}`)).toEqual([]);
    return Promise.resolve();
  },
  wholeRun,
);

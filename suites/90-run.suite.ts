import {
  clause,
  expectNone,
  expectThat,
  type Fixtures,
  inconclusive,
  maxResponseMs,
  notRun,
  sourceOfCode,
} from '../harness/jest/suite.ts';

type Statement = ReturnType<Fixtures['run']['timing']>[number];

/** Why the times of one kind of answers cannot be judged, in words. */
function doubts({ kind, n, inconclusive: near, undecided = [], missing, asked }: Statement): string[] {
  const named = undecided.length > 0 ? ` (${undecided.join('; ')})` : '';
  return [
    ...(near > 0 && (missing > 0 || asked === 'maximum')
      ? [`${near} of ${n} ${kind}s were too close to ${maxResponseMs} ms to be judged${named}`]
      : []),
    ...(missing > 0
      ? [`${n} ${kind}s are too few: ${missing} more are needed to judge ${asked} with 95 % confidence`]
      : []),
  ];
}

/**
 * Judges all answers to one command so far against the note's maximum response time. One answer that is certainly late
 * fails, and so does one that never came although the module answered later commands. A pass needs as many reads and
 * writes as the profile's percentile requires; one too close to the limit counts there as one that was too slow.
 */
function judgeTimes({ run }: Fixtures, command: string): Promise<void> {
  const answers = run.exchanges.filter((exchange) => exchange.command === command);
  const late = answers.filter(({ inTime }) => inTime === 'over');
  const text = late.map(({ form, lo, hi, final }) =>
    final === ''
      ? `${form}: no answer in ${lo.toFixed(0)} ms`
      : `${form}: ${lo.toFixed(1)} to ${hi.toFixed(1)} ms`,
  );
  expectThat(`answers to ${command} in the run`, {
    holds: answers.length > 0,
    expected: 'some',
    got: 'none',
  });
  expectNone(`answers to ${command}`, text, `each within ${maxResponseMs} ms`);
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

/** Judges the reboots of all suites. A second boot within one is not counted as an unexpected restart below. */
clause(
  'BOOT-ALIVE',
  'no reboot of the run booted the module more than once',
  ({ run }) => {
    if (run.reboots.length === 0) notRun('nothing was rebooted');
    // Zero is no failure: a firmware may print no boot text.
    const twice = run.reboots.flatMap(({ kind, boots }, index) =>
      boots > 1 ? [`reboot ${index + 1} (${kind}): ${boots} boots`] : [],
    );
    expectNone('boots at one reboot', twice, '1');
    return Promise.resolve();
  },
  wholeRun,
);

const lineClauses = [
  ['AT-FRAME', 'every answer was framed by CR LF'],
  ['AT-ONE-FINAL', 'no command had more than one final result'],
  ['CFG-OK-ALONE', 'no successful write of AT+QDMPCFG answered an information line'],
  ['EX-OK-ALONE', 'no successful write of AT+QDMPCFGEX answered an information line'],
  ['BOOT-ALIVE', 'the module never restarted by itself'],
  ['CFG-MASK', 'no line of the run showed more than four characters of a private key'],
] as const;

const whatIsWrong: Readonly<Record<(typeof lineClauses)[number][0], string>> = {
  'AT-FRAME': 'answers that CR LF does not frame',
  'AT-ONE-FINAL': 'lines after a final result, and answers without one',
  'CFG-OK-ALONE': 'information lines with OK to a write of AT+QDMPCFG',
  'EX-OK-ALONE': 'information lines with OK to a write of AT+QDMPCFGEX',
  'BOOT-ALIVE': 'restarts that nobody asked for',
  'CFG-MASK': 'lines that show a private key',
};

for (const [id, title] of lineClauses) {
  clause(
    id,
    title,
    ({ run }) => {
      const faults = run.lineFaults.filter((fault) => fault.clause === id);
      expectNone(
        whatIsWrong[id],
        faults.map(({ text }) => text),
      );
      return Promise.resolve();
    },
    wholeRun,
  );
}

const readings = [
  'CFG-READ',
  ...[0, 1, 2].map((n) => `CFG-QUERY-${n}`),
  ...[0, 1, 2, 3, 4, 5].map((n) => `EX-READ-${n}`),
];

/** A reading that is wrong now and then looks to other tests like a record that changed. */
for (const id of readings) {
  clause(
    id,
    `no reading of ${id} differed from those around it while nothing was saved`,
    ({ run }) => {
      const faults = run.lineFaults.filter((fault) => fault.clause === id);
      expectNone(
        'readings that differ by themselves',
        faults.map(({ text }) => text),
      );
      return Promise.resolve();
    },
    wholeRun,
  );
}

clause(
  'AT-FRAME-BLANK',
  'whether answers have more empty lines than their framing needs',
  ({ run, observe }) => {
    const { all, withEmptyLines } = run.answers;
    const how = withEmptyLines === 0 ? 'none' : withEmptyLines === all ? 'every answer' : 'some answers';
    observe('AT-FRAME-BLANK', how);
    return Promise.resolve();
  },
  wholeRun,
);

/** Each silence was judged when it happened: the input was given once more, alone. */
clause(
  'INPUT-ALIVE',
  'no input silenced the module',
  ({ run }) => {
    const texts = (verdict: string) =>
      run.silences.filter((each) => each.verdict === verdict).map(({ text }) => text);
    expectNone('inputs that silenced the module', texts('fail'));
    // The record makes such a run flaky, whether this test is selected or not.
    if (texts('flaky').length > 0) notRun(texts('flaky').join('; '));
    return Promise.resolve();
  },
  wholeRun,
);

/** The code of a `+CME ERROR` or `+CMS ERROR`; undefined if it has none. */
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
    expectNone(
      'error numbers',
      unknown.map(({ form, final }) => `${form}: ${final}`),
      'those of a standard behind the note',
    );
    return Promise.resolve();
  },
  wholeRun,
);

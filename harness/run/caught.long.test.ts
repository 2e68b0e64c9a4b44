import { jest } from '@jest/globals';
import { recordIn, run, workFolder } from './qualify.fixture.ts';

/**
 * Firmware that is wrong in one way, the clause that has to fail, and what is judged besides so that it can be.
 * Each run ends 1: the suites catch it.
 */
const faults: readonly (readonly [fault: string, clause: string, besides?: string])[] = [
  ['period-299-accepted', 'CFG-PERIOD-OUTSIDE'],
  ['period-4294967-accepted', 'CFG-PERIOD-OUTSIDE'],
  ['imei-17-refused', 'CFG-IMEI-LENGTH'],
  ['ex-mac-cut-short', 'EX-LEN-OVER-mac'],
  ['ex-location-longest-refused', 'EX-LEN-location'],
  ['erase-server-too-much', 'CFG-ERASE-ISOLATED'],
  ['erase-all-misses-credentials', 'CFG-ERASE-4'],
  ['erase-all-takes-extended', 'CROSS-ISOLATED'],
  ['key-leaked-read', 'CFG-MASK'],
  ['query-server-wrong', 'CFG-QUERY-1'],
  ['applied-at-once', 'CFG-APPLY'],
  ['default-period-wrong', 'CFG-PERIOD-DEFAULT'],
  ['erased-zeros-in-use', 'CFG-ERASE-APPLY'],
  ['lost-over-reset-pin', 'CFG-PERSIST-KINDS'],
  ['values-quoted', 'CFG-READ-UNQUOTED'],
  ['state-outside-list', 'CFG-STATE-SET'],
  ['error-with-line', 'ERR-ALONE'],
  ['refused-server-half-saved', 'ERR-ATOMIC'],
  ['semicolon-splits', 'EX-CHARS'],
  ['two-final-results', 'AT-ONE-FINAL', 'CFG-QUERY-1'],
  ['answers-late', 'CFG-TIME', 'CFG-QUERY-1'],
  ['boots-twice', 'BOOT-ALIVE', 'CFG-PERSIST'],
  ['server-ignored', 'CFG-APPLY-WIRE'],
  ['updates-late', 'STATE-UPDATE-TIME'],
  ['state-7-for-8', 'STATE-REG-SILENT'],
  ['disabled-registers', 'STATE-DISABLED'],
  ['state-9-early', 'STATE-LIFETIME'],
  ['state-4-once', 'STATE-ORDER', 'STATE-REG-SILENT'],
  ['state-kept-over-reboot', 'STATE-REBOOT', 'STATE-UPD-SILENT,STATE-DISABLED'],
  ['info-erase-ignored', 'EX-ERASE-APPLY'],
  ['key-not-applied', 'WIRE-KEY'],
  ['letter-wrong', 'WIRE-TML'],
];

const folder = workFolder();
afterAll(() => folder.end());

jest.setTimeout(1_200_000);

/** The runs wait more than they work, for boots and answers: several at once, started in order. */
async function inParallel<T>(
  items: readonly T[],
  most: number,
  act: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: most }, worker));
}

test('firmware that is wrong in one way fails the clause that says so', async () => {
  const missed: string[] = [];
  await inParallel(faults, 4, async ([fault, clause, besides]) => {
    const out = `${folder.dir}/${fault}`;
    const pattern = besides === undefined ? clause : `${clause},${besides}`;
    const { exitCode } = await run([
      'qualify',
      '--clause',
      pattern,
      '--fault',
      fault,
      '--seed',
      '1',
      '--out',
      out,
    ]);
    const verdict = recordIn(out).clauses.find(({ id }) => id === clause)?.verdict;
    if (exitCode !== 1 || verdict !== 'fail') missed.push(`${fault}: ${clause} ${verdict}, exit ${exitCode}`);
  });
  expect(missed).toEqual([]);
});

test('a module without object 666 is not judged by it, and not failed for it', async () => {
  const out = `${folder.dir}/info-missing`;
  await run(['qualify', '--clause', 'EX-APPLY*', '--fault', 'info-missing', '--out', out]);
  const verdicts = recordIn(out)
    .clauses.filter(({ id }) => id.startsWith('EX-APPLY'))
    .map(({ verdict }) => verdict);
  expect(verdicts).toEqual(['not-run', 'not-run']);
});

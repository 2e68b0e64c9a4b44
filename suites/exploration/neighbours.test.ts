import { savedRecords } from '../../harness/jest/suite.ts';
import { askedAfterIdle, writtenAnywhere } from './neighbours.ts';
import { type Step, stepCommand } from './steps.ts';

const written = writtenAnywhere(7);
const steps = written.flat();
const afterOf = (step: Step): string | undefined => ('after' in step ? step.after?.command : undefined);

/** What comes before the steps of a kind that concern a record, each once. */
const before = (all: readonly Step[], kind: Step['do'], name: string): (string | undefined)[] => [
  ...new Set(
    all
      .filter((step) => step.do === kind && JSON.stringify(step).includes(`"${name}"`))
      .map(afterOf)
      .filter((after) => after !== undefined),
  ),
];

test.each(savedRecords)(
  '$name is asked for after a state query, a test form and a refused command',
  ({ name }) => {
    expect(before(askedAfterIdle.flat(), 'query', name)).toEqual([
      'AT+QDMPCFG=6',
      'AT+QDMPCFG=?',
      'AT+QDMPCFG=0,2',
    ]);
  },
);

test('what is asked after an idle command writes nothing', () => {
  expect(new Set(askedAfterIdle.flat().map((step) => step.do))).toEqual(new Set(['query', 'read']));
});

test.each(savedRecords)(
  '$name is saved, asked for and erased after each, and after an erase of the other command',
  ({ name, command }) => {
    const erases = savedRecords.filter((other) => other.command !== command).map(({ erase }) => erase);
    for (const kind of ['save', 'query', 'erase'] as const) {
      const all = before(steps, kind, name);
      expect([kind, all.length]).toEqual([kind, 4]);
      expect(erases).toContain(all.at(-1));
    }
  },
);

test.each(savedRecords)('$name is saved with two sets of values, and six times in a row', (record) => {
  const saves = written[1 + 2 * savedRecords.indexOf(record)]!.filter((step) => step.do === 'save').map(
    stepCommand,
  );
  expect(saves).toHaveLength(7);
  expect(new Set(saves.slice(0, -1)).size).toBe(2);
});

test('a reboot comes first, so that what counts since a boot counts the same in a second attempt', () => {
  expect(
    written.flatMap((each, index) => (each.some((step) => step.do === 'reboot') ? [index] : [])),
  ).toEqual([0]);
});

test('only servers in 192.0.2.0/24 are saved, and access is disabled at the end of each sequence', () => {
  for (const { values } of steps
    .flatMap((step) => (step.do === 'save' ? [step] : []))
    .filter(({ record }) => record.name === 'QDMPCFG 1'))
    expect(values[0]).toMatch(/^192\.0\.2\.\d+$/);
  const isMode = ({ name }: { name: string }): boolean => name === 'QDMPCFG 0';
  const erase = savedRecords.find(isMode)?.erase;
  for (const sequence of written) {
    const last = sequence.findLast(
      (step) =>
        (step.do === 'save' && isMode(step.record)) ||
        (step.do === 'erase' && step.records.some(isMode)) ||
        afterOf(step) === erase,
    );
    expect([undefined, '0']).toContain(last && (last.do === 'save' ? last.values[0] : last.do));
  }
});

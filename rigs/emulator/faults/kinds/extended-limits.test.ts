import { openCommandLayer } from '../../board/command-layer.fixture.ts';
import {
  afterSavingAll,
  type Expectation,
  readAfterEachSave,
  testFaults,
} from '../fault-expectations.fixture.ts';
import { faults } from './extended-limits.ts';

/** The names and lengths of the note (app-note §2.2), independent of those that the faults use. */
const lengths = [
  [0, ['app-info', 255]],
  [1, ['mac', 19]],
  [2, ['rom', 19], ['ram', 19], ['cpu', 19], ['os-sys-ver', 47]],
  [3, ['sw-ver', 47], ['sw-name', 47]],
  [4, ['volte', 7], ['net-type', 19], ['account', 47], ['phone-num', 19]],
  [5, ['location', 255]],
] as const satisfies readonly (readonly [type: number, ...(readonly [name: string, maxBytes: number])[]])[];

/** One string of a record, on both sides of its limit; the others are short. */
function expectationsOf(
  type: number,
  name: string,
  maxBytes: number,
  place: number,
  count: number,
): Expectation[] {
  const strings = (value: string): string[] =>
    Array.from({ length: count }, (_, at) => (at === place ? value : 'y'));
  const save = (value: string): string =>
    `AT+QDMPCFGEX=${type},0,${strings(value)
      .map((text) => `"${text}"`)
      .join(',')}`;
  const line = (value: string): string => `+QDMPCFGEX: ${type},${strings(value).join(',')}`;
  const long = (length: number): string => 'z'.repeat(length);
  const saves = [maxBytes - 1, maxBytes, maxBytes + 1, maxBytes + 2].map((length) => save(long(length)));
  const steps = readAfterEachSave(save('x'), `AT+QDMPCFGEX=${type},1`, saves);
  return [
    [`ex-${name}-longest-refused`, steps, { [save(long(maxBytes))]: ['50', line('x'), 'OK'] }],
    [
      `ex-${name}-cut-short`,
      steps,
      {
        [save(long(maxBytes + 1))]: ['OK', line(long(maxBytes)), 'OK'],
        [save(long(maxBytes + 2))]: ['OK', line(long(maxBytes)), 'OK'],
      },
    ],
    [
      `ex-${name}-over-accepted`,
      steps,
      { [save(long(maxBytes + 1))]: ['OK', line(long(maxBytes + 1)), 'OK'] },
    ],
  ];
}

const limits = lengths.flatMap(([type, ...fields]) =>
  fields.flatMap(([name, maxBytes], place) => expectationsOf(type, name, maxBytes, place, fields.length)),
);

/** An é has two bytes: 19 of them are 19 characters and 38 bytes. */
const accents = (count: number): string => `AT+QDMPCFGEX=1,0,"${'\xc3\xa9'.repeat(count)}"`;

testFaults(faults, [
  ...limits,
  [
    'ex-characters-counted',
    readAfterEachSave('AT+QDMPCFGEX=1,0,"x"', 'AT+QDMPCFGEX=1,1', [9, 10, 19, 20].map(accents)),
    Object.fromEntries(
      [10, 19].map((count) => [accents(count), ['OK', `+QDMPCFGEX: 1,${'\xc3\xa9'.repeat(count)}`, 'OK']]),
    ),
  ],
]);

test.each(faults.map((fault) => [fault.id, fault] as const))(
  '%s does not change ordinary values',
  (_, fault) => {
    expect(afterSavingAll()(openCommandLayer([fault]))).toEqual(afterSavingAll()(openCommandLayer()));
  },
);

import { desk, pass, romBanner } from '../../at/test-desk.fixture.ts';
import { memoryTrace } from '../../base/trace.ts';
import { watchReadings } from './reading-watch.ts';

const query = 'AT+QDMPCFG=4,1';
const reads = (port: number): [string, string] => [
  query,
  `\r\n+QDMPCFG: 1,192.0.2.7,${port},420\r\n\r\nOK\r\n`,
];
const ok = (command: string): [string, string] => [command, '\r\nOK\r\n'];
const refused = (command: string): [string, string] => [command, '\r\nERROR\r\n'];

/** What is found of a dialogue: commands and their answers; a boot; raw bytes. */
async function found(dialogue: readonly ([string, string] | 'boot' | 'raw')[]) {
  const d = desk();
  const misread: unknown[] = [];
  const watch = watchReadings(memoryTrace());
  let line = 0;
  const listeners: Parameters<typeof watch.listen>[0] = {
    onBoot: (listener) => d.at.onBoot(listener),
    onExchange: (listener) => d.at.onExchange((exchange) => listener({ ...exchange, trace: [line, line] })),
  };
  watch.listen(listeners, (fault) => misread.push(fault));
  for (const step of dialogue) {
    if (step === 'boot') {
      d.at.expectBoot();
      d.port.arrive(romBanner);
      continue;
    }
    line = watch.trace.write('uart.tx', 0n, { data: '' });
    if (step === 'raw') continue;
    const [command, answer] = step;
    d.port.answer(answer);
    await Promise.all([d.at.send(command), pass(d, 50)]);
  }
  return misread;
}

test('a reading that differs from those around it is wrong, whatever was refused in between', async () => {
  expect(
    await found([reads(5683), refused('AT+QDMPCFG=7'), reads(5684), refused('AT+QDMPCFG=8'), reads(5683)]),
  ).toEqual([
    {
      clause: 'CFG-QUERY-1',
      text: expect.stringMatching(
        /^AT\+QDMPCFG=4,1 read ".*5684.*" between two readings of ".*5683/,
      ) as string,
    },
  ]);
});

test.each([
  ['it stays as it is', [reads(5683), refused('AT+QDMPCFG=7'), reads(5684), reads(5684)]],
  [
    'something was saved in between',
    [reads(5683), reads(5684), ok('AT+QDMPCFG=1,192.0.2.7,5683,420'), reads(5683)],
  ],
  ['the module restarted', [reads(5683), reads(5684), 'boot', reads(5683)]],
  ['raw bytes were sent', [reads(5683), reads(5684), 'raw', reads(5683)]],
  ['only an error came between', [reads(5683), refused(query), reads(5683)]],
] as const)('no reading is blamed where %s', async (_, dialogue) => {
  expect(await found(dialogue)).toEqual([]);
});

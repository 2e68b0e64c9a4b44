import type { Exchange } from '../../at/exchange.ts';
import { HilError } from '../../base/error.ts';
import { type Reading, type Snapshot, takeSnapshot } from '../../cmdmp/snapshot.ts';
import { outcomeOf } from './outcome.ts';
import { shownBy } from './shown-by.ts';

let numbers = 0;
const exchange = (command: string): Exchange =>
  ({
    number: ++numbers,
    command,
    raw: `\r\n${command.slice(2)}\r\n\r\nOK\r\n`,
    information: [command.slice(2)],
    final: { kind: 'OK', text: 'OK' },
    trace: [1, 2],
    timing: { hi: 1 },
  }) as unknown as Exchange;

const snapshot = (): Promise<Snapshot> =>
  takeSnapshot({ at: (command) => Promise.resolve(exchange(command)) });

/** The reason of a test that failed in `act`, its last two exchanges being bare ATs. */
function reasonOf(act: () => void): string {
  try {
    act();
  } catch (error) {
    return outcomeOf(error, { clauses: [], exchanges: [exchange('AT'), exchange('AT')] }).reason ?? '';
  }
  throw new Error('nothing failed');
}

const commandsIn = (reason: string): string[] =>
  [...reason.matchAll(/sent +(\S+)/g)].map(([, sent = '']) => sent);

test('a failure shows the exchanges that its values came from, in order and once', async () => {
  const { saved, inUse } = await snapshot();
  const last = exchange('AT+QDMPCFG=5,1');
  const reason = reasonOf(() =>
    shownBy([last, saved['QDMPCFG 1'], undefined, inUse, saved['QDMPCFG 1']], () => expect(1).toBe(2)),
  );
  expect(commandsIn(reason)).toEqual(['AT+QDMPCFG?', 'AT+QDMPCFG=4,1', 'AT+QDMPCFG=5,1']);
});

test('a failure shows the last exchanges of its test without shownBy', () => {
  const nothing: Reading = { text: undefined, final: 'ERROR' };
  const reason = reasonOf(() => shownBy([nothing], () => expect(1).toBe(2)));
  expect(commandsIn(reason)).toEqual(['AT', 'AT']);
});

test('an error that several tests share shows the exchanges of the first of them', () => {
  const shared = new HilError('AT_REFUSED', 'AT+QDMPCFG=2,… was refused: ERROR');
  const sent = exchange('AT+QDMPCFG=2,"a","b",1,863703030822519');
  const [first, second] = [[sent], []].map(
    (exchanges) => outcomeOf(shared, { clauses: [], exchanges }).reason ?? '',
  );
  expect(commandsIn(first ?? '')).toEqual([sent.command]);
  expect(second).toBe(first);
});

test('a failure with many exchanges shows the first ones, and how many more there are', async () => {
  const { saved } = await snapshot();
  const reason = reasonOf(() => shownBy(Object.values(saved), () => expect(1).toBe(2)));
  expect(commandsIn(reason)).toEqual(
    Object.values(saved)
      .slice(0, 4)
      .map((each) => each.exchange?.command),
  );
  expect(reason).toContain('and 5 exchanges more');
});

test('a reading is plain data: its exchange is neither compared nor stored', async () => {
  const [first, second] = [await snapshot(), await snapshot()];
  expect(first).toEqual(second);
  expect(JSON.stringify(first)).toBe(JSON.stringify(second));
});

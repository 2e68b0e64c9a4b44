import { BOOT_MS, openBootedEmulator } from '../../board/emulator.fixture.ts';
import { faults } from './supply-cuts.ts';

const OLD = 'AT+QDMPCFG=1,192.0.2.1,5683,300\r';
const NEW = 'AT+QDMPCFG=1,192.0.2.2,5684,421\r';
const NEIGHBOUR = 'AT+QDMPCFG=2,"M100000089","Kx7pRt2m",1,863703030822519\r';

/** What a module with this fault holds after a supply cut so long after it received the new server, ms. */
function heldAfterCut(fault: string | undefined, cutAtMs: number) {
  const { emulator, clock, send, takeReceived } = openBootedEmulator({ latencyMs: '5,25' });
  send('AT+QDMPCFG=0,0\r');
  send(OLD);
  send(NEIGHBOUR);
  if (fault !== undefined) emulator.faults.switchOn(fault);
  emulator.feed(Buffer.from(NEW), clock.now());
  // The time of the line.
  clock.advance((NEW.length * 10_000) / 115_200);
  clock.advance(cutAtMs);
  const answered = takeReceived().includes('OK');
  emulator.power.supplyOff();
  emulator.power.supplyOn();
  emulator.power.keyPressed();
  clock.advance(BOOT_MS);
  send('ATE0\r');
  const server = send('AT+QDMPCFG=4,1\r');
  return {
    answered,
    server: server.includes('192.0.2.1,5683,300')
      ? 'old'
      : server.includes('192.0.2.2,5684,421')
        ? 'new'
        : server,
    neighbour: send('AT+QDMPCFG=4,2\r'),
  };
}

const kept = heldAfterCut(undefined, 0).neighbour;

test.each([
  ['durable-50-ms-after-ok', 50],
  ['durable-300-ms-after-ok', 300],
  ['durable-2000-ms-after-ok', 2_000],
])('%s: the old record is found %d ms after the latest OK, the new one 55 ms later', (id, lateMs) => {
  const latestOk = 27;
  expect(heldAfterCut(id, latestOk + lateMs)).toEqual({ answered: true, server: 'old', neighbour: kept });
  expect(heldAfterCut(id, latestOk + lateMs + 55)).toEqual({
    answered: true,
    server: 'new',
    neighbour: kept,
  });
});

test('a healthy module has saved a record of three fields after 20 to 28 ms, and changed no other', () => {
  const moments = Array.from({ length: 60 }, (_, ms) => heldAfterCut(undefined, ms));
  const changed = moments.findIndex(({ server }) => server === 'new');
  expect(changed).toBeGreaterThanOrEqual(20);
  expect(changed).toBeLessThanOrEqual(28);
  expect(moments.map(({ server }) => server)).toEqual(moments.map((_, ms) => (ms < changed ? 'old' : 'new')));
  expect(new Set(moments.map(({ neighbour }) => neighbour))).toEqual(new Set([kept]));
});

test('nvram-spills: only a cut while the record is written finds the next one changed', () => {
  const moments = Array.from({ length: 80 }, (_, ms) => heldAfterCut('nvram-spills', ms));
  const spoiled = moments.map(({ neighbour }) => neighbour !== kept);
  expect(spoiled.at(0)).toBe(false);
  expect(spoiled.at(-1)).toBe(false);
  expect(spoiled.filter(Boolean).length).toBeGreaterThan(15);
  expect(moments.filter(({ server }) => server !== 'old' && server !== 'new')).toEqual([]);
});

test('each is one fault', () => {
  expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
});

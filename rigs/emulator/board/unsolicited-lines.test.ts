import { openBootedEmulator } from './emulator.fixture.ts';

test('lines come at random times by their mean, with the name of the setting, until the module stops', () => {
  const { clock, emulator, takeReceived } = openBootedEmulator({
    unsolicitedMs: '1000',
    unsolicitedName: '+NEW',
  });
  takeReceived();
  clock.advance(100_000);
  const lines = takeReceived().split('\r\n\r\n');
  expect(lines.length).toBeGreaterThan(80);
  expect(lines.length).toBeLessThan(125);
  expect(new Set(lines.slice(1, -1))).toEqual(new Set(['+NEW: 1']));
  emulator.power.supplyOff();
  clock.advance(10_000);
  expect(takeReceived()).toBe('');
});

test('a line may come between a command and its answer, which stays whole', () => {
  const { emulator, clock, takeReceived } = openBootedEmulator({ unsolicitedMs: '40', latencyMs: '200' });
  takeReceived();
  emulator.feed(Buffer.from('AT+QDMPCFG=4,0\r'), clock.now());
  clock.advance(400);
  const text = takeReceived();
  expect(text.indexOf('+QZNEW')).toBeLessThan(text.indexOf('+QDMPCFG'));
  expect(text).toContain('\r\n+QDMPCFG: 0,1\r\n\r\nOK\r\n');
});

test('a line never comes between the CR and the late LF of an answer', () => {
  const { emulator, clock, takeReceived } = openBootedEmulator({ unsolicitedMs: '40', lateLfMs: '500' });
  takeReceived();
  emulator.feed(Buffer.from('AT\r'), clock.now());
  clock.advance(900);
  const text = takeReceived();
  expect(text).toContain('\r\nOK\r\n');
  expect(text).toContain('+QZNEW');
});

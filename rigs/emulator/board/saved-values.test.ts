import { BOOT_MS, openBootedEmulator, type TestEmulator } from './emulator.fixture.ts';

const ON = 'AT+QDMPCFG=1,192.0.2.1,5683,300\r';
const SAVED = '\r\n+QDMPCFG: 1,192.0.2.1,5683,300\r\n\r\nOK\r\n';
const DEFAULT = '\r\n+QDMPCFG: 1,117.161.2.41,5683,86400\r\n\r\nOK\r\n';

describe('a saved record', () => {
  test.each([
    ['AT+QRST=1', (module: TestEmulator) => module.send('AT+QRST=1\r')],
    ['RESET', (module: TestEmulator) => module.emulator.power.resetPressed()],
    [
      'AT+QPOWD=0 and the power key',
      (module: TestEmulator) => {
        module.send('AT+QPOWD=0\r');
        module.clock.advance(1100);
        module.emulator.power.keyPressed();
      },
    ],
    [
      'a supply cut, once it is durable',
      (module: TestEmulator) => {
        module.emulator.power.supplyOff();
        module.emulator.power.supplyOn();
        module.emulator.power.keyPressed();
      },
    ],
  ] as const)('is found and in use after %s', (_name, reboot) => {
    const module = openBootedEmulator();
    expect(module.send(ON)).toBe('\r\nOK\r\n');
    expect(module.send('AT+QDMPCFG?\r')).toContain('+QDMPCFG: 1,117.161.2.41,5683,86400');
    reboot(module);
    module.clock.advance(BOOT_MS);
    module.send('ATE0\r');
    expect(module.send('AT+QDMPCFG=4,1\r')).toBe(SAVED);
    expect(module.send('AT+QDMPCFG?\r')).toContain('+QDMPCFG: 1,192.0.2.1,5683,300');
  });

  test('is old or new, never mixed, whenever the supply is cut', () => {
    const seen = new Set<string>();
    for (let cutAt = 0; cutAt <= 60; cutAt += 1) {
      const module = openBootedEmulator({ latencyMs: '5' });
      module.emulator.feed(Buffer.from(ON), module.clock.now());
      module.clock.advance(cutAt);
      module.emulator.power.supplyOff();
      module.emulator.power.supplyOn();
      module.emulator.power.keyPressed();
      module.clock.advance(BOOT_MS);
      module.send('ATE0\r');
      seen.add(module.send('AT+QDMPCFG=4,1\r'));
    }
    expect(seen).toEqual(new Set([DEFAULT, SAVED]));
  });
});

test('saves in a row: each OK waits for the saves before it, so that none is durable later than a single one', () => {
  const addresses = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4', '192.0.2.5', '192.0.2.6'];
  for (let saves = 1; saves <= addresses.length; saves += 1) {
    const module = openBootedEmulator({ latencyMs: '0', nvramItemMs: '20' });
    module.send('ATE0\r');
    for (const address of addresses.slice(0, saves)) {
      module.emulator.feed(Buffer.from(`AT+QDMPCFG=1,${address},${saves},300\r`), module.clock.now());
      let got = '';
      for (let ms = 0; ms < 500 && !got.includes('OK\r\n'); ms += 1) {
        module.clock.advance(1);
        got += module.takeReceived();
      }
      expect(got).toContain('OK\r\n');
    }
    // The slowest write of three items takes 3 x 20 x 1.15 ms.
    module.clock.advance(70);
    module.emulator.power.supplyOff();
    module.emulator.power.supplyOn();
    module.emulator.power.keyPressed();
    module.clock.advance(BOOT_MS);
    module.send('ATE0\r');
    expect(module.send('AT+QDMPCFG=4,1\r')).toContain(`+QDMPCFG: 1,${addresses[saves - 1]},${saves},300\r`);
  }
});

describe('a module without power', () => {
  test('swallows input and is cut off in the middle of an answer', () => {
    const { clock, emulator, takeReceived, send } = openBootedEmulator({ latencyMs: '10' });
    emulator.feed(Buffer.from('ATI\r'), clock.now());
    clock.advance(12);
    const begun = takeReceived();
    expect(begun).toMatch(/^\r\nQue/);
    emulator.power.supplyOff();
    expect(send('AT\r')).toBe('');
    emulator.power.supplyOn();
    emulator.power.keyPressed();
    clock.advance(BOOT_MS);
    expect(takeReceived()).toMatch(/^[\x80-\xff]\n\rF1: /);
    expect(send('AT\r')).toBe('AT\r\r\nOK\r\n');
  });
});

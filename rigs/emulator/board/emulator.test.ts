import { msToNs } from '../base/clock.ts';
import { BOOT_MS, openBootedEmulator, openEmulator } from './emulator.fixture.ts';

describe('a boot', () => {
  test('prints the banner with LF CR, then RDY and the SIM, and ignores input meanwhile', () => {
    const { clock, emulator, takeReceived } = openEmulator();
    emulator.power.supplyOn();
    emulator.power.keyPressed();
    clock.advance(10);
    emulator.feed(Buffer.from('AT\r'), clock.now());
    clock.advance(BOOT_MS - 10);
    const text = takeReceived();
    expect(text.charCodeAt(0)).toBeGreaterThanOrEqual(0x80);
    expect(text.slice(1)).toBe(
      '\n\rF1: 0000 0000\n\rV0: 0000 0000 [0001]\n\r00: 0006 000C\n\r01: 0000 0000\n\rU0: 0000 0001 [0000]' +
        '\n\rT0: 0000 00B4\n\rLeaving the BROM\n\r\n\r\r\nRDY\r\n\r\n+CFUN: 1\r\n\r\n+CPIN: READY\r\n',
    );
    clock.advance(1000);
    expect(takeReceived()).toBe('');
  });

  test('does not report a missing SIM', () => {
    const { clock, emulator, takeReceived } = openEmulator({ sim: 'absent' });
    emulator.power.supplyOn();
    emulator.power.keyPressed();
    clock.advance(BOOT_MS);
    expect(takeReceived()).not.toContain('CPIN');
  });

  test('is reported with its cause', () => {
    const module = openBootedEmulator();
    module.send('AT+QRST=1\r');
    module.emulator.power.resetPressed();
    module.clock.advance(BOOT_MS);
    expect(module.messages.flatMap((message) => (message.type === 'boot' ? [message.cause] : []))).toEqual([
      'soft',
      'reset',
    ]);
  });
});

describe('a dialogue', () => {
  const line = 'ATE1;+CMEE=1;+QDMPCFGEX=0,0,"a;b|c"\r\n';

  test('is the same however the bytes of a line are cut', () => {
    const whole = openBootedEmulator({ latencyMs: '10' }).send(line);
    expect(whole).toBe('\r\nOK\r\n');
    for (let cut = 1; cut < line.length; cut += 1) {
      expect(openBootedEmulator({ latencyMs: '10' }).send(line.slice(0, cut), line.slice(cut))).toBe(whole);
    }
    expect(openBootedEmulator({ latencyMs: '10' }).send(...line)).toBe(whole);
  });

  test('echoes from boot on, until ATE0', () => {
    const module = openBootedEmulator();
    module.send('ATE1\r');
    expect(module.send('AT+CMEE?\r\n')).toBe('AT+CMEE?\r\r\n+CMEE: 0\r\n\r\nOK\r\n');
    expect(module.send('ATE0\r')).toBe('ATE0\r\r\nOK\r\n');
    expect(module.send('AT\r')).toBe('\r\nOK\r\n');
  });

  test('stops a joined line at its first error, with one final result', () => {
    const module = openBootedEmulator();
    expect(module.send('AT+CMEE=1;+QDMPCFG=1,1;+CMEE=2\r')).toBe('\r\n+CME ERROR: 50\r\n');
    expect(module.send('AT+CMEE?;+CMEE?\r')).toBe('\r\n+CMEE: 1\r\n\r\n+CMEE: 1\r\n\r\nOK\r\n');
  });

  test('answers a line beyond the limit with one ERROR, and the next as usual', () => {
    const module = openBootedEmulator({ lineLimit: '64' });
    expect(module.send(`AT${'x'.repeat(63)}\r`)).toBe('\r\nERROR\r\n');
    expect(module.send('AT\r')).toBe('\r\nOK\r\n');
  });

  test('answers nothing to a lone CR', () => {
    expect(openBootedEmulator().send('\r\r\n')).toBe('');
  });

  test('queues or drops input while an answer is pending', () => {
    expect(openBootedEmulator().send('AT+CMEE?\rAT\r')).toBe('\r\n+CMEE: 0\r\n\r\nOK\r\n\r\nOK\r\n');
    const dropping = openBootedEmulator({ pendingInput: 'dropped' });
    expect(dropping.send('AT+CMEE?\rAT\r')).toBe('\r\n+CMEE: 0\r\n\r\nOK\r\n');
    expect(dropping.send('AT\r')).toBe('\r\nOK\r\n');
  });
});

describe('the report of an answer', () => {
  test('has the planned and the actual times', () => {
    const { clock, emulator, messages } = openBootedEmulator({ latencyMs: '20' });
    const begin = clock.now();
    emulator.feed(Buffer.from('AT\r'), begin);
    clock.advance(100);
    const byte = 86_805n;
    const received = begin + 3n * byte;
    const first = received + msToNs(20) + byte;
    expect(messages).toEqual([
      {
        type: 'answer',
        command: 'AT',
        readAt: String(begin),
        receivedAt: String(received),
        plannedAt: String(first),
        plannedLastAt: String(first + 5n * byte),
        firstAt: String(first),
        lastAt: String(first + 5n * byte),
      },
    ]);
  });

  test('shows a latency within the setting, and the same with the same seed', () => {
    const latencies = (): number[] => {
      const module = openBootedEmulator({ latencyMs: '5,25' });
      for (let n = 0; n < 20; n += 1) module.send('AT\r');
      return module.messages.flatMap((message) =>
        message.type === 'answer'
          ? [Number(BigInt(message.plannedAt) - BigInt(message.receivedAt)) / 1e6]
          : [],
      );
    };
    const once = latencies();
    expect(Math.min(...once)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...once)).toBeLessThanOrEqual(25.1);
    expect(new Set(once).size).toBeGreaterThan(10);
    expect(latencies()).toEqual(once);
  });
});

import { msToNs } from '../base/clock.ts';
import { ManualClock } from '../base/manual-clock.fixture.ts';
import type { EmulatorMessage } from '../base/protocol.ts';
import type { NvramStore } from '../module/nvram.ts';
import { createEmulator, type Emulator } from './emulator.ts';

const BOOT_MS = 100;

interface TestEmulator {
  readonly clock: ManualClock;
  readonly emulator: Emulator;
  readonly messages: EmulatorMessage[];
  /** What the host has received since the last call (latin1). */
  readonly takeReceived: () => string;
  /** Writes the pieces, 5 ms apart, and gives everything long enough to be answered. */
  readonly send: (...pieces: string[]) => string;
}

function memory(): NvramStore {
  let kept: ReadonlyMap<string, string> = new Map();
  return {
    load: () => kept,
    save: (items) => {
      kept = new Map(items);
    },
  };
}

/** An emulated module with a clock that is moved by hand; off. */
function open(settings: Record<string, string> = {}, store = memory()): TestEmulator {
  const clock = new ManualClock();
  const messages: EmulatorMessage[] = [];
  let received = '';
  const emulator = createEmulator({
    clock,
    store,
    network: { join: () => () => undefined },
    seed: 7,
    baud: 115_200,
    write: (bytes) => (received += Buffer.from(bytes).toString('latin1')),
    report: (message) => messages.push(message),
  });
  emulator.settings.change('bootMs', String(BOOT_MS));
  for (const [name, value] of Object.entries(settings)) emulator.settings.change(name, value);
  const heard = (): string => {
    const text = received;
    received = '';
    return text;
  };
  return {
    clock,
    emulator,
    messages,
    takeReceived: heard,
    send(...pieces) {
      for (const piece of pieces) {
        emulator.feed(Buffer.from(piece, 'latin1'), clock.now());
        clock.advance(5);
      }
      clock.advance(1000);
      return heard();
    },
  };
}

function openBooted(settings: Record<string, string> = {}, store = memory()): TestEmulator {
  const bench = open(settings, store);
  bench.emulator.power.supplyOn();
  bench.emulator.power.keyPressed();
  bench.clock.advance(BOOT_MS);
  bench.takeReceived();
  bench.send('ATE0\r');
  bench.messages.length = 0;
  return bench;
}

const ON = 'AT+QDMPCFG=1,192.0.2.1,5683,300\r';
const SAVED = '\r\n+QDMPCFG: 1,192.0.2.1,5683,300\r\n\r\nOK\r\n';
const DEFAULT = '\r\n+QDMPCFG: 1,117.161.2.41,5683,86400\r\n\r\nOK\r\n';

describe('a boot', () => {
  test('prints the banner with LF CR, then RDY and the SIM, and hears nothing meanwhile', () => {
    const { clock, emulator, takeReceived: heard } = open();
    emulator.power.supplyOn();
    emulator.power.keyPressed();
    clock.advance(10);
    emulator.feed(Buffer.from('AT\r'), clock.now());
    clock.advance(BOOT_MS - 10);
    const text = heard();
    expect(text.charCodeAt(0)).toBeGreaterThanOrEqual(0x80);
    expect(text.slice(1)).toBe(
      '\n\rF1: 0000 0000\n\rV0: 0000 0000 [0001]\n\r00: 0006 000C\n\r01: 0000 0000\n\rU0: 0000 0001 [0000]' +
        '\n\rT0: 0000 00B4\n\rLeaving the BROM\n\r\n\r\r\nRDY\r\n\r\n+CFUN: 1\r\n\r\n+CPIN: READY\r\n',
    );
    clock.advance(1000);
    expect(heard()).toBe('');
  });

  test('says nothing of a SIM that is not there', () => {
    const { clock, emulator, takeReceived: heard } = open({ sim: 'absent' });
    emulator.power.supplyOn();
    emulator.power.keyPressed();
    clock.advance(BOOT_MS);
    expect(heard()).not.toContain('CPIN');
  });

  test('is told with its cause', () => {
    const bench = openBooted();
    bench.send('AT+QRST=1\r');
    bench.emulator.power.resetPressed();
    bench.clock.advance(BOOT_MS);
    expect(bench.messages.flatMap((message) => (message.type === 'boot' ? [message.cause] : []))).toEqual([
      'soft',
      'reset',
    ]);
  });
});

describe('a dialogue', () => {
  const line = 'ATE1;+CMEE=1;+QDMPCFGEX=0,0,"a;b|c"\r\n';

  test('is the same however the bytes of a line are cut', () => {
    const whole = openBooted({ latencyMs: '10' }).send(line);
    expect(whole).toBe('\r\nOK\r\n');
    for (let cut = 1; cut < line.length; cut += 1) {
      expect(openBooted({ latencyMs: '10' }).send(line.slice(0, cut), line.slice(cut))).toBe(whole);
    }
    expect(openBooted({ latencyMs: '10' }).send(...line)).toBe(whole);
  });

  test('echoes from boot on, until ATE0', () => {
    const bench = openBooted();
    bench.send('ATE1\r');
    expect(bench.send('AT+CMEE?\r\n')).toBe('AT+CMEE?\r\r\n+CMEE: 0\r\n\r\nOK\r\n');
    expect(bench.send('ATE0\r')).toBe('ATE0\r\r\nOK\r\n');
    expect(bench.send('AT\r')).toBe('\r\nOK\r\n');
  });

  test('stops a joined line at its first error, with one final result', () => {
    const bench = openBooted();
    expect(bench.send('AT+CMEE=1;+QDMPCFG=1,1;+CMEE=2\r')).toBe('\r\n+CME ERROR: 50\r\n');
    expect(bench.send('AT+CMEE?;+CMEE?\r')).toBe('\r\n+CMEE: 1\r\n\r\n+CMEE: 1\r\n\r\nOK\r\n');
  });

  test('answers a line beyond the limit with one ERROR, and the next as ever', () => {
    const bench = openBooted({ lineLimit: '64' });
    expect(bench.send(`AT${'x'.repeat(63)}\r`)).toBe('\r\nERROR\r\n');
    expect(bench.send('AT\r')).toBe('\r\nOK\r\n');
  });

  test('answers nothing to a lone CR', () => {
    expect(openBooted().send('\r\r\n')).toBe('');
  });

  test('keeps what comes while an answer is pending, or drops it', () => {
    expect(openBooted().send('AT+CMEE?\rAT\r')).toBe('\r\n+CMEE: 0\r\n\r\nOK\r\n\r\nOK\r\n');
    const dropping = openBooted({ pendingInput: 'dropped' });
    expect(dropping.send('AT+CMEE?\rAT\r')).toBe('\r\n+CMEE: 0\r\n\r\nOK\r\n');
    expect(dropping.send('AT\r')).toBe('\r\nOK\r\n');
  });
});

describe('the truth about an answer', () => {
  test('has the moments of the wire and of the plan', () => {
    const { clock, emulator, messages } = openBooted({ latencyMs: '20' });
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

  test('stays within the latency that is set, and repeats with the seed', () => {
    const latencies = (): number[] => {
      const bench = openBooted({ latencyMs: '5,25' });
      for (let n = 0; n < 20; n += 1) bench.send('AT\r');
      return bench.messages.flatMap((message) =>
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

describe('what was saved', () => {
  test.each([
    ['AT+QRST=1', (bench: TestEmulator) => bench.send('AT+QRST=1\r')],
    ['RESET', (bench: TestEmulator) => bench.emulator.power.resetPressed()],
    [
      'AT+QPOWD=0 and the power key',
      (bench: TestEmulator) => {
        bench.send('AT+QPOWD=0\r');
        bench.clock.advance(1100);
        bench.emulator.power.keyPressed();
      },
    ],
    [
      'a supply cut, once it is durable',
      (bench: TestEmulator) => {
        bench.emulator.power.supplyOff();
        bench.emulator.power.supplyOn();
        bench.emulator.power.keyPressed();
      },
    ],
  ] as const)('is found and in use after %s', (_name, reboot) => {
    const bench = openBooted();
    expect(bench.send(ON)).toBe('\r\nOK\r\n');
    expect(bench.send('AT+QDMPCFG?\r')).toContain('+QDMPCFG: 1,117.161.2.41,5683,86400');
    reboot(bench);
    bench.clock.advance(BOOT_MS);
    bench.send('ATE0\r');
    expect(bench.send('AT+QDMPCFG=4,1\r')).toBe(SAVED);
    expect(bench.send('AT+QDMPCFG?\r')).toContain('+QDMPCFG: 1,192.0.2.1,5683,300');
  });

  test('is old or new, never mixed, whenever the supply is cut', () => {
    const seen = new Set<string>();
    for (let cutAt = 0; cutAt <= 60; cutAt += 1) {
      const bench = openBooted({ latencyMs: '5' });
      bench.emulator.feed(Buffer.from(ON), bench.clock.now());
      bench.clock.advance(cutAt);
      bench.emulator.power.supplyOff();
      bench.emulator.power.supplyOn();
      bench.emulator.power.keyPressed();
      bench.clock.advance(BOOT_MS);
      bench.send('ATE0\r');
      seen.add(bench.send('AT+QDMPCFG=4,1\r'));
    }
    expect(seen).toEqual(new Set([DEFAULT, SAVED]));
  });
});

describe('a module without power', () => {
  test('swallows input and is cut off in the middle of an answer', () => {
    const { clock, emulator, takeReceived: heard, send: say } = openBooted({ latencyMs: '10' });
    emulator.feed(Buffer.from('ATI\r'), clock.now());
    clock.advance(12);
    const begun = heard();
    expect(begun).toMatch(/^\r\nQue/);
    emulator.power.supplyOff();
    expect(say('AT\r')).toBe('');
    emulator.power.supplyOn();
    emulator.power.keyPressed();
    clock.advance(BOOT_MS);
    expect(heard()).toMatch(/^[\x80-\xff]\n\rF1: /);
    expect(say('AT\r')).toBe('AT\r\r\nOK\r\n');
  });
});

import { BOOT_MS, openEmulator } from './emulator.fixture.ts';

/** A module that has just booted, with echo on; what it answers within 50 ms. */
function booted(settings: Record<string, string>) {
  const module = openEmulator({ latencyMs: '10', ...settings });
  const { clock, emulator, takeReceived } = module;
  emulator.power.supplyOn();
  emulator.power.keyPressed();
  clock.advance(BOOT_MS);
  takeReceived();
  const ask = (command: string, ms = 50): string => {
    emulator.feed(Buffer.from(`${command}\r`), clock.now());
    clock.advance(ms);
    return takeReceived();
  };
  const answer = (command: string): string => ask(command).slice(command.length + 1);
  return { ...module, ask, answer };
}

const ERROR = '\r\nERROR\r\n';
const OK = '\r\nOK\r\n';

describe('a module that is not ready yet', () => {
  test('answers AT, refuses all else, and is ready in time, at each boot', () => {
    const { answer, clock, emulator, takeReceived } = booted({ earlyMs: '1000' });
    for (let boots = 0; boots < 2; boots += 1) {
      expect(['AT', 'ATE0', 'AT+CGSN=1', 'AT+CMEE=1'].map(answer)).toEqual([OK, ERROR, ERROR, ERROR]);
      clock.advance(1_000);
      expect(answer('AT+CMEE=1')).toBe(OK);
      emulator.power.resetPressed();
      clock.advance(BOOT_MS);
      takeReceived();
    }
  });

  test('refuses only what it is told to', () => {
    const { answer } = booted({ earlyMs: '1000', earlyCommands: '+CGSN,E' });
    expect(['AT+CMEE=1', 'AT+CGSN=1', 'ATE0'].map(answer)).toEqual([OK, ERROR, ERROR]);
  });

  test('may refuse by a code, or not answer at all', () => {
    const coded = booted({ earlyMs: '1000', earlyCommands: '+CGSN', earlyAnswer: '14' });
    coded.answer('AT+CMEE=1');
    expect(coded.answer('AT+CGSN=1')).toBe('\r\n+CME ERROR: 14\r\n');
    const mute = booted({ earlyMs: '1000', earlyAnswer: 'none' });
    expect(['AT+CGSN=1', 'AT'].map(mute.answer)).toEqual(['', OK]);
  });
});

describe('an echo that cannot be switched off', () => {
  test.each([
    ['ignored', OK],
    ['refused', ERROR],
  ])('echoOff %s', (echoOff, answered) => {
    const { ask } = booted({ echoOff });
    expect(ask('ATE0')).toBe(`ATE0\r${answered}`);
    expect(ask('AT')).toBe(`AT\r${OK}`);
  });
});

test('atLatencyMs delays AT alone', () => {
  const { ask } = booted({ atLatencyMs: '400' });
  expect(ask('AT+CMEE=1')).toContain(OK);
  expect(ask('AT', 400)).toBe('AT\r');
  expect(ask('', 50)).toContain(OK);
});

describe('a late LF', () => {
  test('comes so long after its CR, and the answer is reported with it', () => {
    const { ask, answer, clock, takeReceived, messages } = booted({ lateLfMs: '60' });
    answer('ATE0');
    clock.advance(100);
    takeReceived();
    expect(ask('AT')).toBe('\r\nOK\r');
    clock.advance(30);
    expect(takeReceived()).toBe('\n');
    const [last] = messages.slice(-1);
    if (last?.type !== 'answer') throw new TypeError('no answer was reported');
    expect(Number(BigInt(last.lastAt) - BigInt(last.firstAt)) / 1e6).toBeGreaterThan(60);
  });

  test('comes with the empty line after it: a module is deaf until its final result has ended, and no longer', () => {
    const { ask, answer, clock, takeReceived } = booted({
      lateLfMs: '60',
      emptyLines: 'around',
      pendingInput: 'dropped',
    });
    answer('ATE0');
    clock.advance(100);
    takeReceived();
    expect(ask('AT')).toBe('\r\n\r\nOK\r');
    clock.advance(70);
    expect(takeReceived()).toBe('\n\r\n');
    expect(ask('AT', 500)).toBe('\r\n\r\nOK\r\n\r\n');
  });

  test('never comes where input aborts the answer; that input is lost, too', () => {
    const { ask, answer, clock, takeReceived } = booted({ lateLfMs: '60', pendingInput: 'aborts' });
    answer('ATE0');
    clock.advance(100);
    takeReceived();
    expect(ask('AT')).toBe('\r\nOK\r');
    expect(ask('AT+CGSN=1', 500)).toBe('');
    expect(ask('AT', 500)).toBe(OK);
  });
});

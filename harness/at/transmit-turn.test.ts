import { type Clock, toNs } from '../base/clock.ts';
import { ManualClock } from '../base/manual-clock.fixture.ts';
import { memoryTrace } from '../base/trace.ts';
import { createAtClient } from './client.ts';
import { scriptedPort } from './scripted-port.fixture.ts';
import { desk, failing, pass } from './test-desk.fixture.ts';

describe('transmit', () => {
  const until = { finals: 1, quietMs: 50, deadlineMs: 1000 };

  test('collects what comes until the line is quiet, surplus finals included', async () => {
    const d = desk();
    d.port.answer([
      { afterMs: 5, text: '\r\nOK\r\n' },
      { afterMs: 40, text: '\r\nERROR\r\n' },
    ]);
    const transcript = d.at.transmit(Buffer.from('AT\rAT\r'), until);
    await pass(d, 100);
    expect(await transcript).toMatchObject({
      sent: 'AT\rAT\r',
      received: '\r\nOK\r\n\r\nERROR\r\n',
      finals: 2,
      trace: [1, 3],
    });
    expect(d.stray).toEqual([]);
  });

  test('shows a missing answer, and the next command is safe from it', async () => {
    const d = desk();
    d.port.answer([{ afterMs: 1500, text: '\r\nERROR\r\n' }], [{ afterMs: 600, text: '\r\nOK\r\n' }]);
    const transcript = d.at.transmit(Buffer.from('\x1b\0garbage\r'), until);
    await pass(d, 1000);
    expect(await transcript).toMatchObject({ received: '', finals: 0, lines: [], trace: [1, 1] });
    const next = d.at.send('ATE0');
    await pass(d, 1500);
    expect((await next).final.kind).toBe('OK');
  });

  test('takes in what the kernel held at the deadline, if our event loop was late for it', async () => {
    const timers = new ManualClock();
    let blockedMs = 0;
    const clock: Clock = {
      now: () => timers.now() + toNs(blockedMs),
      after: (ms, then) => timers.after(ms, then),
    };
    const port = scriptedPort(clock);
    // Read right after the timer of the deadline has fired: the loop runs its timers first.
    port.answer([{ afterMs: 1002, text: '\r\nERROR\r\n' }]);
    const at = createAtClient({ port, clock, trace: memoryTrace() });
    const transcript = at.transmit(Buffer.from('\0\r'), until);
    blockedMs = 300;
    await pass({ clock: timers }, 1010, 1);
    expect(await transcript).toMatchObject({ received: '\r\nERROR\r\n', finals: 1 });
  });

  test('of half a line waits for silence only', async () => {
    const d = desk();
    const transcript = d.at.transmit(Buffer.from('AT+QDM'), { ...until, finals: 0 });
    await pass(d, 60);
    expect((await transcript).finals).toBe(0);
  });

  test('rejects when the module restarts', async () => {
    const d = desk();
    const error = failing(d.at.transmit(Buffer.from('\0\r'), until));
    d.port.arrive('\r\nRDY\r\n');
    expect((await error).code).toBe('UNEXPECTED_RESET');
  });
});

import { getEventListeners } from 'node:events';

import { escapeBytes } from '../base/escape.ts';
import { desk, failing, pass } from './test-desk.fixture.ts';

describe('every wait settles', () => {
  test('by its deadline, with the last bytes both ways', async () => {
    const d = desk();
    d.port.answer('\r\n+QDMPCFG: 0,1\r\n');
    const error = failing(d.at.send('AT+QDMPCFG=4,0', { deadlineMs: 300 }));
    await pass(d, 300);
    const { code, wire, message } = await error;
    expect(code).toBe('AT_TIMEOUT');
    expect(message).toContain('AT+QDMPCFG=4,0');
    expect(escapeBytes(wire ?? new Uint8Array())).toBe('AT+QDMPCFG=4,0\\r\\r\\n+QDMPCFG: 0,1\\r\\n');
  });

  test('by a hang-up: in flight, queued, idle, and later calls', async () => {
    const d = desk();
    const errors = [d.at.send('AT'), d.at.send('ATI'), d.at.idle(50, 1000)].map(failing);
    d.port.hangUp();
    expect((await Promise.all(errors)).map(({ code }) => code)).toEqual([
      'PORT_GONE',
      'PORT_GONE',
      'PORT_GONE',
    ]);
    expect(await failing(d.at.send('AT'))).toMatchObject({ code: 'PORT_GONE', remedy: 'plug it in again' });
  });

  test('by close, which lets go of the port', async () => {
    const d = desk();
    const errors = [d.at.send('AT'), d.at.send('ATI'), d.at.idle(50, 1000)].map(failing);
    d.at.close();
    d.at.close();
    expect((await Promise.all(errors)).map(({ code }) => code)).toEqual(['ABORTED', 'ABORTED', 'ABORTED']);
    expect(await failing(d.at.send('AT'))).toMatchObject({ code: 'PORT_CLOSED' });
    expect(d.port.listeners).toBe(0);
  });

  test('by an abort, in flight or queued or before the call', async () => {
    const d = desk();
    const abort = new AbortController();
    const errors = [d.at.send('AT', abort), d.at.send('ATI', abort), d.at.idle(50, 1000, abort.signal)].map(
      failing,
    );
    abort.abort('enough');
    expect((await Promise.all(errors)).map(({ code }) => code)).toEqual(['ABORTED', 'ABORTED', 'ABORTED']);
    expect(await failing(d.at.send('AT', abort))).toMatchObject({ code: 'ABORTED', cause: 'enough' });
    expect(d.port.written).toEqual(['AT\r']);
  });

  test('by an answer that never stops', async () => {
    const d = desk();
    d.port.answer('x'.repeat(5000));
    const error = failing(d.at.send('AT'));
    await pass(d, 1);
    expect((await error).code).toBe('AT_RAN_ON');
  });

  test('errors carry the stack of the caller', async () => {
    const d = desk();
    async function theCaller(): Promise<unknown> {
      return await d.at.send('AT', { deadlineMs: 10 });
    }
    const error = failing(theCaller());
    await pass(d, 10);
    expect((await error).stack).toMatch(/theCaller/);
  });

  test('and leaves no abort listener behind, however it ended', async () => {
    const d = desk();
    const { signal } = new AbortController();
    d.port.answer('\r\nOK\r\n', [], '\r\nOK\r\n');
    const waits = [
      d.at.send('ATE0', { signal }),
      failing(d.at.send('AT', { signal, deadlineMs: 10 })),
      d.at.transmit(Buffer.from('\r'), { finals: 0, quietMs: 10, deadlineMs: 100, signal }),
      d.at.idle(10, 1000, signal),
      failing(d.at.send('A\rT', { signal })),
    ];
    expect(getEventListeners(signal, 'abort').length).toBeGreaterThan(0);
    await pass(d, 5000, 20);
    await Promise.all(waits);
    const abandoned = failing(d.at.send('AT', { signal }));
    d.at.close();
    await abandoned;
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

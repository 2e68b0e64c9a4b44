import { type Desk, desk, failing, pass } from './test-desk.fixture.ts';

describe('an answer that comes too late', () => {
  const giveUp = async (d: Desk, command: string): Promise<void> => {
    const silent = failing(d.at.send(command, { deadlineMs: 300 }));
    await pass(d, 300);
    expect((await silent).code).toBe('AT_TIMEOUT');
  };

  test('is not the answer to the next command, which waits for it (RT-Thread issue 120)', async () => {
    const d = desk();
    d.port.answer([{ afterMs: 700, text: '\r\n+QIDNSCFG: 1,"1.1.1.1"\r\n\r\nERROR\r\n' }], '\r\nOK\r\n');
    await giveUp(d, 'AT+QIDNSCFG=1');
    const next = d.at.send('AT+CMEE=1');
    await pass(d, 390);
    expect(d.port.written).toHaveLength(1);
    await pass(d, 100);
    expect(await next).toMatchObject({ final: { kind: 'OK' }, information: [] });
    expect(d.port.written).toEqual(['AT+QIDNSCFG=1\r', 'AT+CMEE=1\r']);
    expect(d.stray).toEqual([]);
    expect(d.trace.lines.filter(({ body }) => body['kind'] === 'stale')).toHaveLength(2);
  });

  test('that came before the next command costs that nothing', async () => {
    const d = desk();
    d.port.answer([{ afterMs: 400, text: '\r\nERROR\r\n' }], '\r\nOK\r\n');
    await giveUp(d, 'AT+QDMPCFG?');
    await pass(d, 200);
    const next = d.at.send('ATE0');
    expect(d.port.written).toEqual(['AT+QDMPCFG?\r', 'ATE0\r']);
    await pass(d, 1);
    expect((await next).final.kind).toBe('OK');
    expect(d.stray).toEqual([]);
  });

  test('that never comes is found by an AT', async () => {
    const d = desk();
    d.port.answer([], '\r\nOK\r\n', '\r\n+CME ERROR: 3\r\n');
    await giveUp(d, 'AT+QDMPCFG?');
    const next = d.at.send('AT+CFUN=9');
    await pass(d, 1100);
    expect(d.port.written).toEqual(['AT+QDMPCFG?\r', 'AT\r']);
    await pass(d, 600);
    expect((await next).final).toMatchObject({ code: 3 });
    expect(d.stray).toEqual([]);
  });

  test('that comes with the answer to that AT is recognised: both are surplus', async () => {
    const d = desk();
    d.port.answer(
      [],
      [
        { afterMs: 10, text: '\r\nMQTTEV\r\nAT%NETUPD\r\n\r\nOK\r\n' },
        { afterMs: 290, text: '\r\nOK\r\n' },
      ],
      '\r\n+CME ERROR: 515\r\n',
    );
    await giveUp(d, 'AT+CLAC');
    const next = d.at.send('AT+CPIN=?');
    await pass(d, 2000);
    expect(await next).toMatchObject({ information: [], final: { code: 515 } });
    expect(d.stray).toEqual([]);
  });

  test('of an aborted command is no answer either', async () => {
    const d = desk();
    const abort = new AbortController();
    d.port.answer([{ afterMs: 200, text: '\r\n+QDMPCFG: 0,1\r\n\r\nOK\r\n' }], '\r\nERROR\r\n');
    const aborted = failing(d.at.send('AT+QDMPCFG=4,0', abort));
    abort.abort();
    await aborted;
    const next = d.at.send('AT+QDMPCFG=4,1');
    await pass(d, 300);
    expect(await next).toMatchObject({ information: [], final: { kind: 'ERROR' } });
  });

  test('a module that does not answer AT either fails the next command, which is not sent', async () => {
    const d = desk();
    await giveUp(d, 'AT+QDMPCFG?');
    const next = failing(d.at.send('AT+QDMPCFG=6'));
    await pass(d, 4000);
    const { code, message } = await next;
    expect(code).toBe('AT_TIMEOUT');
    expect(message).toContain('AT+QDMPCFG?');
    expect(d.port.written).toEqual(['AT+QDMPCFG?\r', 'AT\r', 'AT\r']);
  });

  test('a module that is never silent fails it as a line that is not idle', async () => {
    const d = desk();
    d.port.answer([{ afterMs: 310, text: '\r\nOK\r\n' }]);
    await giveUp(d, 'AT+QDMPCFG?');
    const next = failing(d.at.send('AT+QDMPCFG=6', { deadlineMs: 2000 }));
    for (let ms = 0; ms < 2000; ms += 10) {
      d.port.arrive('\r\n+CEREG: 2\r\n');
      await pass(d, 10);
    }
    expect((await next).code).toBe('LINE_NOT_IDLE');
  });

  test('AT may be repeated at once; the command after it waits for their OKs', async () => {
    const d = desk();
    d.port.answer([], [], '\r\nOK\r\n\r\nOK\r\n', '\r\nERROR\r\n');
    await giveUp(d, 'AT');
    await giveUp(d, 'at');
    const synced = d.at.send('AT');
    await pass(d, 1);
    expect((await synced).final.kind).toBe('OK');
    const next = d.at.send('ATE0');
    d.clock.advance(20);
    d.port.arrive('\r\nOK\r\n');
    await pass(d, 200);
    expect((await next).final.kind).toBe('ERROR');
    expect(d.stray).toEqual([]);
  });
});

import { ManualClock } from '../base/manual-clock.fixture.ts';
import { memoryTrace } from '../base/trace.ts';
import { createAtClient } from './client.ts';
import { scriptedPort } from './scripted-port.fixture.ts';
import { desk, failing, pass } from './test-desk.fixture.ts';

describe('an exchange', () => {
  test('is written with a CR and ends with its final result', async () => {
    const d = desk();
    d.port.answer('\r\n+QDMPCFG: 0,1\r\n\r\nOK\r\n');
    const answer = d.at.send('AT+QDMPCFG=4,0');
    await pass(d, 1);
    expect(await answer).toMatchObject({
      number: 1,
      command: 'AT+QDMPCFG=4,0',
      raw: '\r\n+QDMPCFG: 0,1\r\n\r\nOK\r\n',
      echoed: false,
      information: ['+QDMPCFG: 0,1'],
      final: { kind: 'OK', text: 'OK' },
      unsolicited: [],
      trace: [1, 2],
    });
    expect(d.port.written).toEqual(['AT+QDMPCFG=4,0\r']);
    expect(d.exchanges).toEqual([await answer]);
  });

  test('is the same byte by byte, each byte in a chunk of its own', async () => {
    const d = desk();
    const text = 'AT+CGSN=1\r\r\n+CGSN: 490154203237511\r\n\r\nOK\r\n';
    d.port.answer(text.split('').map((char, index) => ({ afterMs: 1 + index, text: char })));
    const answer = d.at.send('AT+CGSN=1');
    await pass(d, 60);
    const { raw, echoed, information, timing } = await answer;
    expect({ raw, echoed, information }).toEqual({
      raw: text,
      echoed: true,
      information: ['+CGSN: 490154203237511'],
    });
    expect(timing.endedAt).toBe(BigInt(text.length) * 1_000_000n);
  });

  test.each([
    ['ends with CR', 'ATI\r'],
    ['ends with CR LF', 'ATI\r\n'],
    ['has no end of its own', 'ATI'],
    ['is cut in two by an unsolicited line', 'AT\r\n+CEREG: 1\r\nI\r'],
  ])('strips an echo that %s', async (_name, echo) => {
    const d = desk();
    d.port.answer(`${echo}\r\nQuectel_Ltd\r\nQuectel_BC26\r\nRevision: BC26NBR01A07\r\n\r\nOK\r\n`);
    const answer = d.at.send('ATI');
    await pass(d, 1);
    const { echoed, information } = await answer;
    expect(echoed).toBe(true);
    expect(information).toEqual(['Quectel_Ltd', 'Quectel_BC26', 'Revision: BC26NBR01A07']);
  });

  test('an error is an answer like any other', async () => {
    const d = desk();
    d.port.answer('\r\n+CME ERROR: 50\r\n');
    const answer = d.at.send('AT+QDMPCFG=7');
    await pass(d, 1);
    expect((await answer).final).toEqual({ kind: 'CME', text: '+CME ERROR: 50', code: 50 });
  });

  test('a final result without its LF ends it, at the stamp of the CR', async () => {
    const d = desk();
    d.port.answer('\r\nOK\r');
    const answer = d.at.send('AT');
    await pass(d, 100);
    expect((await answer).timing.endedAt).toBe(1_000_000n);
  });

  test('keeps unsolicited lines apart, and reports them', async () => {
    const d = desk();
    d.port.answer('\r\n+CEREG: 2\r\n\r\n+QDMPCFG: 6,4\r\n\r\nOK\r\n');
    const answer = d.at.send('AT+QDMPCFG=6');
    await pass(d, 1);
    const { information, unsolicited } = await answer;
    expect(information).toEqual(['+QDMPCFG: 6,4']);
    expect(unsolicited.map(({ data }) => data)).toEqual(['+CEREG: 2']);
    expect(d.unsolicited).toEqual(['+CEREG: 2']);
  });

  test('one is in flight: the next is written when the last has ended', async () => {
    const d = desk();
    d.port.answer('\r\nOK\r\n', '\r\nERROR\r\n');
    const answers = Promise.all([d.at.send('ATE0'), d.at.send('AT+CMEE=1', { terminator: '\r\n' })]);
    expect(d.port.written).toEqual(['ATE0\r']);
    await pass(d, 2, 1);
    expect((await answers).map(({ number, final }) => [number, final.kind])).toEqual([
      [1, 'OK'],
      [2, 'ERROR'],
    ]);
    expect(d.port.written).toEqual(['ATE0\r', 'AT+CMEE=1\r\n']);
  });

  test('noise that was waiting for a line end is not glued to the echo', async () => {
    const d = desk();
    d.port.arrive('\0\xff');
    d.clock.advance(100);
    d.port.answer('AT\r\r\nOK\r\n');
    const answer = d.at.send('AT');
    await pass(d, 1);
    expect(await answer).toMatchObject({ echoed: true, information: [] });
  });

  test('a command of more than one line is refused before anything is written', async () => {
    const d = desk();
    expect(await failing(d.at.send('AT\rAT'))).toMatchObject({ code: 'USAGE' });
    expect(await failing(d.at.send('AT\u20ac'))).toMatchObject({ code: 'USAGE' });
    expect(d.port.written).toEqual([]);
  });
});

describe('the trace', () => {
  test('has every byte, at the stamp before the write and at the arrival', async () => {
    const d = desk();
    d.clock.advance(7);
    d.port.answer([
      { afterMs: 2, text: '\r\nO' },
      { afterMs: 3, text: 'K\r\n' },
    ]);
    const answer = d.at.send('AT');
    await pass(d, 3, 1);
    await answer;
    expect(d.trace.lines).toEqual([
      { source: 'uart.tx', at: 7_000_000n, body: { data: 'AT\r' } },
      { source: 'uart.rx', at: 9_000_000n, body: { data: '\r\nO' } },
      { source: 'uart.rx', at: 10_000_000n, body: { data: 'K\r\n' } },
    ]);
  });
});

describe('lines outside an exchange', () => {
  test('those that came while there was no listener go to the first listener, in order', () => {
    const clock = new ManualClock();
    const port = scriptedPort(clock);
    const at = createAtClient({ port, clock, trace: memoryTrace() });
    port.arrive('\r\n+CPIN: READY\r\n', '\r\n+IP: 10.0.0.1\r\n');
    const heard: string[] = [];
    at.onUnsolicited(({ data }) => heard.push(data));
    port.arrive('\r\n+CEREG: 5\r\n');
    expect(heard).toEqual(['+CPIN: READY', '+IP: 10.0.0.1', '+CEREG: 5']);
  });

  test('a listener that throws does not disturb the others', () => {
    const d = desk();
    d.at.onUnsolicited(() => {
      throw new Error('broken listener');
    });
    const heard: string[] = [];
    d.at.onUnsolicited(({ data }) => heard.push(data));
    d.port.arrive('\r\n+CPIN: READY\r\n');
    expect(heard).toEqual(['+CPIN: READY']);
    expect(d.trace.lines.at(-1)?.body).toMatchObject({ kind: 'listener-failed', text: 'broken listener' });
  });

  test('a surplus final result and a late information line are strays', async () => {
    const d = desk();
    d.port.answer('\r\n+QDMPCFG: 6,0\r\n\r\nOK\r\n\r\nOK\r\n\r\n+QDMPCFG: 6,0\r\n\r\n+CEREG: 1\r\n');
    const answer = d.at.send('AT+QDMPCFG=6');
    await pass(d, 1);
    await answer;
    expect(d.stray).toEqual(['OK', '+QDMPCFG: 6,0']);
    expect(d.unsolicited).toEqual(['+CEREG: 1']);
  });

  test('a surplus final result in the same chunk is not the answer to the queued command', async () => {
    const d = desk();
    d.port.answer('\r\nOK\r\n\r\nERROR\r\n', '\r\nOK\r\n');
    const answers = Promise.all([d.at.send('ATE0'), d.at.send('AT+CMEE=1')]);
    await pass(d, 2, 1);
    expect((await answers).map(({ final }) => final.kind)).toEqual(['OK', 'OK']);
    expect(d.stray).toEqual(['ERROR']);
  });
});

import { memoryTrace } from '../../harness/base/trace.ts';
import { createRedactor } from './redactor.ts';

const secret = 'S3cretKey!';
const shown = 'S3cr######';
const line = `AT+QDMPCFG=2,"M100000089","${secret}",1,863703030822519\r`;
const masked = line.replace(secret, shown);

describe('a masked trace', () => {
  test('masks each direction of the UART separately, and every other text as a whole', () => {
    const sink = memoryTrace();
    const trace = createRedactor([secret]).trace(sink);
    const half = line.indexOf(secret) + 6;
    trace.write('uart.tx', 1n, { data: line.slice(0, half) });
    trace.write('uart.rx', 2n, { data: '\r\nOK\r\n' });
    trace.write('uart.tx', 3n, { data: line.slice(half) });
    expect(
      trace.write('note', 4n, { type: 'message', text: `key ${secret}`, deep: [{ [secret]: secret, n: 1 }] }),
    ).toBe(4);
    expect(trace.last).toBe(4);
    const sent = sink.lines.filter(({ source }) => source === 'uart.tx').map(({ body }) => body.data);
    expect(sent.join('')).toBe(masked);
    expect(sink.lines[1]?.body.data).toBe('\r\nOK\r\n');
    expect(sink.lines[3]?.body).toEqual({
      type: 'message',
      text: `key ${shown}`,
      deep: [{ [shown]: shown, n: 1 }],
    });
    expect(sink.lines.map(({ at }) => at)).toEqual([1n, 2n, 3n, 4n]);
  });

  test('masks a record wherever the secret stands', () => {
    const record = { reason: line, tests: [{ n: 1, name: secret }], none: null };
    expect(createRedactor([secret]).record(record)).toEqual({
      reason: masked,
      tests: [{ n: 1, name: shown }],
      none: null,
    });
  });
});

describe('a key that the rig file does not name', () => {
  const answer = `\r\n+QDMPCFG: 2,M100000089,${secret},1,863703030822519\r\n\r\nOK\r\n`;

  test('is hidden in the answer that leaks it, byte by byte, and in every later text', () => {
    const sink = memoryTrace();
    const redactor = createRedactor([]);
    const trace = redactor.trace(sink);
    for (const byte of answer) trace.write('uart.rx', 1n, { data: byte });
    expect(sink.lines.map(({ body }) => body.data).join('')).toBe(answer.replace(secret, shown));
    trace.write('note', 2n, { kind: 'stray', data: `+QDMPCFG: 2,M1,${secret},1,86` });
    trace.write('note', 3n, { type: 'message', text: `it is ${secret}` });
    expect(sink.lines.at(-2)?.body.data).toBe(`+QDMPCFG: 2,M1,${shown},1,86`);
    expect(sink.lines.at(-1)?.body.text).toBe(`it is ${shown}`);
    expect(redactor.record({ entry: { type: 'test-end', reason: `- "${secret}"` } })).toEqual({
      entry: { type: 'test-end', reason: `- "${shown}"` },
    });
    expect(redactor.text(secret)).toBe(shown);
  });

  test('is hidden in texts while it is still being printed', () => {
    const redactor = createRedactor([]);
    redactor.received(answer.slice(0, answer.indexOf(secret) + 7));
    expect(redactor.text('on the wire: …M100000089,S3cretK')).toBe('on the wire: …M100000089,S3cr###');
  });

  test('changes no names: a module may print anything at the position of a key', () => {
    const redactor = createRedactor([]);
    redactor.received('+QDMPCFG: 2,M1,CFG-TEST,1,86\r\n+QDMPCFG: 2,M1,reason,1,86\r\n');
    const entry = {
      type: 'test-end',
      name: 'a › CFG-TEST',
      clauses: ['CFG-TEST'],
      reason: 'no reason, CFG-TEST',
    };
    expect(redactor.record(entry)).toEqual({ ...entry, reason: 'no reas##, CFG-####' });
  });

  test('may also be typed, echoed or not', () => {
    const redactor = createRedactor([]);
    redactor.learn([secret]);
    expect(redactor.received(line)).toBe(masked);
  });

  test('may be one of many: only a limited number is kept', () => {
    const redactor = createRedactor([secret]);
    for (let n = 0; n < 1_000; n++)
      redactor.received(`+QDMPCFG: 2,M1,NoKey${String(n).padStart(4, '0')},1,86\r\n`);
    expect(redactor.text(`${secret} NoKey0999`)).toBe(`${shown} NoKey0999`);
  });
});

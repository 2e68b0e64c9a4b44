import { memoryTrace } from '../harness/base/trace.ts';
import { createMask, maskRecord, maskText, maskTrace } from './mask.ts';

const secret = 'S3cretKey!';
const shown = 'S3cr******';
const line = `AT+QDMPCFG=2,"M100000089","${secret}",1,863703030822519\r`;
const masked = line.replace(secret, shown);

describe('maskText', () => {
  test('leaves the first four characters and the length', () => {
    expect(maskText(line, [secret])).toBe(masked);
  });

  test('masks every occurrence, overlapping ones too, of every secret', () => {
    expect(maskText('aaaaaaa otherkey', ['aaaaaa', 'otherkey'])).toBe('aaaa*** othe****');
  });

  test('masks the escaped spelling and the bytes of a secret that is not ASCII', () => {
    const key = 'Schlüssel\\';
    const bytes = Buffer.from(key).toString('latin1');
    expect(maskText('Schl\\xc3\\xbcssel\\\\', [key])).toBe(`Schl${'*'.repeat(14)}`);
    expect(maskText(bytes, [key])).toBe(`Schl${'*'.repeat(bytes.length - 4)}`);
    expect(maskText(key, [key])).toBe('Schl******');
  });

  test.each(['', 'a', 'abcd'])('leaves alone a secret whose every character may be shown: %j', (short) => {
    expect(maskText('an abcd of things', [short])).toBe('an abcd of things');
  });
});

describe('a masked stream', () => {
  const pushed = (chunks: string[], secrets = [secret]) => {
    const mask = createMask(secrets);
    return chunks.map((chunk) => mask.push(chunk));
  };

  test('hides a secret that is cut at any byte, each chunk keeping its length', () => {
    for (let cut = 0; cut <= line.length; cut++) {
      const chunks = [line.slice(0, cut), line.slice(cut)];
      const out = pushed(chunks);
      expect(out.join('')).toBe(masked);
      expect(out.map(({ length }) => length)).toEqual(chunks.map(({ length }) => length));
    }
  });

  test('hides it when it comes byte by byte', () => {
    expect(pushed(line.split('')).join('')).toBe(masked);
  });

  test('hides it when it comes again and again', () => {
    expect(pushed(`${secret}${secret}`.split('')).join('')).toBe(`${shown}${shown}`);
  });

  test('never shows more than four characters of a secret that is not finished', () => {
    expect(pushed(['say S3cretK'])).toEqual(['say S3cr***']);
  });

  test('stars at most what stood at the end of a chunk when it was no secret after all', () => {
    expect(pushed(['say S3cretK', 'ing is not it'])).toEqual(['say S3cr***', 'ing is not it']);
    expect(pushed(['say S3cretKing is not it'])).toEqual(['say S3cretKing is not it']);
  });

  test('passes on everything when there is no secret', () => {
    expect(pushed([line, line], [])).toEqual([line, line]);
  });
});

describe('a masked trace', () => {
  test('masks each direction of the UART for itself, and every other text as a whole', () => {
    const sink = memoryTrace();
    const trace = maskTrace(sink, [secret]);
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

  test('is the trace itself where there is nothing to hide', () => {
    const sink = memoryTrace();
    expect(maskTrace(sink, ['abc'])).toBe(sink);
  });

  test('masks a record wherever the secret stands', () => {
    const record = { reason: line, tests: [{ n: 1, name: secret }], none: null };
    expect(maskRecord(record, [secret])).toEqual({
      reason: masked,
      tests: [{ n: 1, name: shown }],
      none: null,
    });
  });
});

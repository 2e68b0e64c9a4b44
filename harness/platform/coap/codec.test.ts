import { request } from './coap-client.fixture.ts';
import { decode, emptyMessage, encode, kindOf, MAX_DATAGRAM, type Message } from './codec.ts';
import { findBadOption, optionName, optionNumber, textOption, uintOf, uintOption } from './options.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const message = (bytes: Uint8Array): Message => {
  const decoded = decode(bytes);
  if ('malformed' in decoded) throw new Error(decoded.malformed);
  return decoded.message;
};

/** A registration as MTK's client sends it (CMDMP.md §1.3). */
const cipher = 'A7NYazhM30V3PuCjFtXISMV/p5+td5kbFiS1C3fqk7KEFcAPNowKhD6QbFkBbuag';
const registration = request('0.02', '/rd', {
  query: [`ep=I@#@${cipher}@#@M100000089`, 'b=U', 'lt=86400'],
  payload: '</>;rt="oma.lwm2m",</0/0>',
  contentFormat: 40,
});

describe('the codec', () => {
  // RFC 7252, appendix A, figure 16: GET coap://…/temperature, 2.05 Content "22.3 C".
  test('reads and writes the example of RFC 7252', () => {
    const get = hex('40 01 7d 34 bb 74 65 6d 70 65 72 61 74 75 72 65');
    expect(message(get)).toMatchObject({ type: 'CON', code: '0.01', messageId: 0x7d34 });
    expect(Buffer.from(message(get).options[0]!.value).toString()).toBe('temperature');
    const content = hex('60 45 7d 34 ff 32 32 2e 33 20 43');
    expect(message(content)).toMatchObject({ type: 'ACK', code: '2.05' });
    expect(encode(message(get))).toEqual(Buffer.from(get));
    expect(encode(message(content))).toEqual(Buffer.from(content));
  });

  test('leaves a registration as it is', () => {
    const bytes = encode(registration);
    expect(encode(message(bytes))).toEqual(bytes);
    expect(message(bytes).options.map(({ number }) => number)).toEqual([11, 12, 15, 15, 15]);
  });

  test.each(['ACK', 'RST'] as const)('an empty %s is four bytes', (type) => {
    expect(encode(emptyMessage(type, 0x1234))).toHaveLength(4);
    expect(message(encode(emptyMessage(type, 0x1234)))).toMatchObject({ type, messageId: 0x1234 });
  });

  test.each([
    ['40 02', 'no header', undefined],
    ['80 02 00 07', 'another version', undefined],
    ['49 02 00 07 010203040506070809', 'a token of nine bytes', 7],
    ['4f 02 00 07', 'a token length of fifteen', 7],
    ['44 02 00 07 0102', 'a token cut off', 7],
    ['40 02 00 07 b4 7264', 'an option cut off', 7],
    ['40 02 00 07 f0', 'a reserved option delta', 7],
    ['40 02 00 07 bd', 'an option length cut off', 7],
    ['40 02 00 07 b2 7264 ff', 'a payload marker without a payload', 7],
    ['40 00 00 07 00', 'an empty message that is not empty', 7],
    ['44 00 00 07', 'an empty message with a token', 7],
    ['40 02 00 07 e0 ffff e0 ffff', 'an option number beyond 16 bits', 7],
    ['50 02 00 07 f0', 'a non-confirmable one', undefined],
  ])('%s is malformed: %s', (bytes, _why, rejectId) => {
    expect(decode(hex(bytes))).toEqual({ malformed: expect.any(String) as string, rejectId });
  });

  test('does not read a datagram longer than any client sends', () => {
    const long = encode({ ...registration, payload: new Uint8Array(2_100) });
    expect(decode(long)).toHaveProperty('message');
    expect(decode(Buffer.concat([long, Buffer.alloc(MAX_DATAGRAM)]))).toMatchObject({ rejectId: 1 });
  });

  test.each([
    ['0.00', 'empty'],
    ['0.02', 'request'],
    ['0.31', 'request'],
    ['2.05', 'response'],
    ['5.03', 'response'],
    ['1.01', 'reserved'],
    ['3.00', 'reserved'],
    ['7.31', 'reserved'],
  ])('%s is %s', (code, kind) => {
    expect(kindOf({ code })).toBe(kind);
  });
});

describe('options', () => {
  test('have the same names in the codec and in the platform', () => {
    const numbers = [1, 3, 4, 5, 6, 7, 8, 9, 11, 12, 14, 15, 16, 17, 19, 20, 23, 27, 28, 31, 35, 39, 60, 258];
    for (const number of [...numbers, 2049, 2053, 63, 65_535]) {
      const bytes = encode({ ...registration, options: [textOption(number, 'x')], payload: hex('') });
      expect(message(bytes).options).toEqual([{ number, value: Buffer.from('x') }]);
    }
  });

  test('have a name, or their number', () => {
    expect([15, 63].map(optionName)).toEqual(['Uri-Query', 'option 63']);
    expect([optionNumber('Uri-Query'), optionNumber('63'), optionNumber('Surprise')]).toEqual([15, 63, NaN]);
  });

  test.each([0, 40, 256, 86_400, 0xffff_ffff])('%i survives as an unsigned value', (value) => {
    expect(uintOf([uintOption(12, value)], 12)).toBe(value);
  });

  test.each([
    [[textOption(63, 'AuthCode')], 63],
    [[textOption(7, 'xyz')], 7],
    [[uintOption(7, 5683), uintOption(7, 5683)], 7],
    [[textOption(15, 'x'.repeat(256))], 15],
    [
      [textOption(64, 'elective'), uintOption(7, 5683), textOption(15, 'a=b'), textOption(15, 'c=d')],
      undefined,
    ],
  ])('the first bad one is found (%#)', (options, bad) => {
    expect(findBadOption(options)?.number).toBe(bad);
  });
});

import fc from 'fast-check';

import {
  coapCode,
  type CoapMessage,
  coapOption,
  decodeCoap,
  emptyMessage,
  encodeCoap,
  textOption,
  uintOf,
  uintOption,
} from './coap.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

test('the example of RFC 7252, figure 16, is encoded and decoded to the bit', () => {
  // CON GET 0x7d34, token 0x20, Uri-Path "temperature": figures 16 and 20.
  const request: CoapMessage = {
    type: 'CON',
    code: coapCode.get,
    id: 0x7d35,
    token: hex('20'),
    options: [textOption(coapOption.uriPath, 'temperature')],
    payload: Buffer.alloc(0),
  };
  const bytes = hex('41 01 7d35 20 bb 74656d7065726174757265');
  expect(encodeCoap(request)).toEqual(bytes);
  expect(decodeCoap(bytes)).toEqual(request);
  const response: CoapMessage = {
    ...request,
    type: 'ACK',
    code: coapCode.content,
    options: [],
    payload: Buffer.from('22.3 C'),
  };
  expect(encodeCoap(response)).toEqual(hex('61 45 7d35 20 ff 32322e332043'));
});

test('an empty message is four bytes', () => {
  expect(encodeCoap(emptyMessage('ACK', 0x1234))).toEqual(hex('60 00 1234'));
  expect(encodeCoap(emptyMessage('RST', 0x1234))).toEqual(hex('70 00 1234'));
});

test.each([
  [0, ''],
  [1, '01'],
  [255, 'ff'],
  [256, '0100'],
  [11542, '2d16'],
  [70_000, '011170'],
])('%i is an option of the fewest bytes: %s', (value, bytes) => {
  const option = uintOption(coapOption.accept, value);
  expect(option.value.toString('hex')).toBe(bytes);
  expect(uintOf({ ...emptyMessage('ACK', 1), options: [option] }, coapOption.accept)).toBe(value);
});

const lengths = fc.oneof(fc.constantFrom(0, 12, 13, 268, 269, 300), fc.nat(400));
const bytesOf = (length: number): Buffer => Buffer.alloc(length, 0xa5);
const messages: fc.Arbitrary<CoapMessage> = fc.record({
  type: fc.constantFrom('CON', 'NON', 'ACK', 'RST'),
  code: fc.integer({ min: 1, max: 255 }),
  id: fc.nat(0xffff),
  token: fc.nat(8).map(bytesOf),
  options: fc
    .array(fc.record({ number: fc.nat(2000), value: lengths.map(bytesOf) }), { maxLength: 6 })
    .map((options) => options.sort((one, other) => one.number - other.number)),
  payload: lengths.map(bytesOf),
});

test('every message is the same after encoding and decoding', () => {
  fc.assert(fc.property(messages, (message) => expect(decodeCoap(encodeCoap(message))).toEqual(message)));
});

test('any datagram is decoded or refused, without an error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const message = decodeCoap(Buffer.from(bytes));
      if (message) expect(decodeCoap(encodeCoap(message))).toEqual(message);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['nothing', ''],
  ['three bytes', '40 01 00'],
  ['another version', '80 01 0001'],
  ['a token of nine bytes', '49 01 0001 010203040506070809'],
  ['a token cut short', '44 01 0001 01'],
  ['an option cut short', '40 01 0001 b5 61'],
  ['the reserved option length 15', '40 01 0001 bf 61'],
  ['an extended length cut short', '40 01 0001 be 01'],
  ['a payload marker without payload', '40 01 0001 ff'],
  ['an empty message that is not', '60 00 0001 ff 01'],
])('%s is no message', (_, text) => {
  expect(decodeCoap(hex(text))).toBeUndefined();
});

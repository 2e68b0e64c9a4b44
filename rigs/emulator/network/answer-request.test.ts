import { openCommandLayer } from '../board/command-layer.fixture.ts';
import { defaultSettings } from '../settings/settings.ts';
import { answerRequest, type Reply } from './answer-request.ts';
import { encryptValue } from './cipher.ts';
import {
  coapCode,
  type CoapMessage,
  type CoapOption,
  coapOption,
  emptyMessage,
  textOption,
  uintOf,
  uintOption,
} from './coap.ts';
import { tlvResource } from './tlv.ts';

const KEY = 'a-private-key';
const encrypted = (clear: string): Buffer => Buffer.from(encryptValue(clear, KEY, 'full'));

/** Requests to a module with these commands saved and in use. */
function asked(commands: readonly string[] = [], settings: Record<string, string> = {}) {
  const layer = openCommandLayer([], settings);
  const all = [`AT+QDMPCFG=2,"M100000089","${KEY}",0,863703030822519`, ...commands];
  expect(all.flatMap((command) => layer.send(command))).toEqual(all.map(() => 'OK'));
  layer.reboot();
  return (path: string, options: readonly CoapOption[] = [], code: number = coapCode.get): Reply =>
    answerRequest(
      {
        ...emptyMessage('ACK', 1),
        type: 'CON',
        code,
        options: [...path.split('/').map((segment) => textOption(coapOption.uriPath, segment)), ...options],
      },
      layer.clientPlan(),
    );
}

const accept = (format: number): CoapOption => uintOption(coapOption.accept, format);
const numberIn = (reply: Reply, option: number): number | undefined =>
  uintOf({ ...emptyMessage('ACK', 1), ...reply } satisfies CoapMessage, option);

const SUBSCRIBER = 'AT+QDMPCFGEX=4,0,"off","NB-IoT","XY05553867549","18009699999"';

describe('one resource', () => {
  test.each([
    ['without Accept', [], 0],
    ['as text', [accept(0)], 0],
    ['as opaque', [accept(42)], 42],
  ])('%s is its encrypted value', (_, options, format) => {
    const reply = asked([SUBSCRIBER])('666/0/6611', options);
    expect(reply.code).toBe(coapCode.content);
    expect(numberIn(reply, coapOption.contentFormat)).toBe(format);
    expect(reply.payload).toEqual(encrypted('NB-IoT'));
  });

  test('as TLV is one entry', () => {
    const reply = asked([SUBSCRIBER])('666/0/6611', [accept(11542)]);
    expect(numberIn(reply, coapOption.contentFormat)).toBe(11542);
    expect(reply.payload).toEqual(tlvResource(6611, encrypted('NB-IoT')));
  });

  test('that was never saved is NULL, encrypted', () => {
    expect(asked()('666/0/6602').payload).toEqual(encrypted('NULL'));
  });
});

test('the whole instance is TLV: the strings of AT+QDMPCFGEX in their order, from 6602 on', () => {
  const saved = [
    'AT+QDMPCFGEX=0,0,"app"',
    'AT+QDMPCFGEX=1,0,"mac"',
    'AT+QDMPCFGEX=2,0,"rom","ram","cpu","os"',
    'AT+QDMPCFGEX=3,0,"ver","name"',
    'AT+QDMPCFGEX=4,0,"off","net","acc","phone"',
    'AT+QDMPCFGEX=5,0,"loc"',
  ];
  const reply = asked(saved)('666/0');
  const values = [
    'app',
    'mac',
    'rom',
    'ram',
    'cpu',
    'os',
    'ver',
    'name',
    'off',
    'net',
    'acc',
    'phone',
    'loc',
  ];
  const expected = values.map((value, index) => tlvResource(6602 + index, encrypted(value)));
  expect(numberIn(reply, coapOption.contentFormat)).toBe(11542);
  expect(reply.payload).toEqual(Buffer.concat(expected));
});

describe('what is long', () => {
  const long = [`AT+QDMPCFGEX=0,0,"${'a'.repeat(255)}"`, `AT+QDMPCFGEX=5,0,"${'l'.repeat(255)}"`];

  test.each([
    ['512 bytes, unasked', undefined, 512],
    ['64 bytes, as asked', 2, 64],
    ['512 bytes, when 1024 are asked', 6, 512],
  ])('comes in blocks of %s, and is whole when put together', (_, exponent, size) => {
    const read = asked(long);
    const blocks: Buffer[] = [];
    let used = exponent;
    for (let number = 0; ; number += 1) {
      const wanted = used === undefined ? [] : [uintOption(coapOption.block2, (number << 4) | used)];
      const reply = read('666/0', wanted);
      const block = numberIn(reply, coapOption.block2) ?? -1;
      expect(block >>> 4).toBe(number);
      expect(2 ** ((block & 7) + 4)).toBe(size);
      used = block & 7;
      blocks.push(reply.payload);
      if ((block & 8) === 0) break;
      expect(reply.payload.length).toBe(size);
    }
    const whole = Buffer.concat(blocks);
    expect(whole.length).toBeGreaterThan(1000);
    expect(whole.subarray(0, 5)).toEqual(tlvResource(6602, encrypted('a'.repeat(255))).subarray(0, 5));
    expect(whole.subarray(-344)).toEqual(encrypted('l'.repeat(255)));
  });

  test('ends: a block behind the last is refused', () => {
    const reply = asked(long)('666/0', [uintOption(coapOption.block2, (9 << 4) | 5)]);
    expect(reply.code).toBe(coapCode.badOption);
  });
});

test.each([
  ['another object', '3/0', [], coapCode.get, coapCode.notFound],
  ['another instance', '666/1', [], coapCode.get, coapCode.notFound],
  ['a resource there is not', '666/0/6601', [], coapCode.get, coapCode.notFound],
  ['a path too long', '666/0/6602/0', [], coapCode.get, coapCode.notFound],
  ['a write', '666/0/6602', [], coapCode.post, coapCode.methodNotAllowed],
  ['the whole as text', '666/0', [accept(0)], coapCode.get, coapCode.notAcceptable],
  ['one as JSON', '666/0/6602', [accept(50)], coapCode.get, coapCode.notAcceptable],
  ['an unknown critical option', '666/0', [uintOption(65, 1)], coapCode.get, coapCode.badOption],
])('%s is refused', (_, path, options, code, expected) => {
  expect(asked()(path, options, code)).toMatchObject({ code: expected, payload: Buffer.alloc(0) });
});

test('without the object there is nothing to read', () => {
  expect(asked([], { deviceInfo: 'absent' })('666/0').code).toBe(coapCode.notFound);
});

test('without the object a read may be not allowed', () => {
  expect(asked([], { deviceInfo: 'not-allowed' })('666/0/6602').code).toBe(coapCode.methodNotAllowed);
});

test('values may be sent in clear', () => {
  const read = asked(['AT+QDMPCFGEX=1,0,"in-clear"'], { deviceInfoKey: 'none' });
  expect(read('666/0/6603').payload.toString()).toBe('in-clear');
});

test('values may be encrypted with the built-in key', () => {
  const read = asked(['AT+QDMPCFGEX=1,0,"a value"'], { deviceInfoKey: 'default' });
  const payload = Buffer.from(encryptValue('a value', defaultSettings.defaultPassword, 'full'));
  expect(read('666/0/6603')).toMatchObject({ code: coapCode.content, payload });
});

test('a firmware may have texts of its own for what is not saved', () => {
  const read = asked(['AT+QDMPCFGEX=3,0,"SW 1","NULL"'], { deviceInfoEmpty: 'built-in' });
  expect([6606, 6608, 6609, 6611].map((id) => read(`666/0/${id}`).payload)).toEqual(
    ['MT2625', 'SW 1', 'Quectel', 'NB-IoT'].map(encrypted),
  );
});

test.each([
  ['reboot', 'before'],
  ['at-once', 'after'],
])('exInUse %s: a value saved since the boot is read as it was %s', (exInUse, expected) => {
  const layer = openCommandLayer([], { exInUse });
  layer.send('AT+QDMPCFGEX=1,0,"before"');
  layer.reboot();
  layer.send('AT+QDMPCFGEX=1,0,"after"');
  expect(layer.clientPlan().deviceInfo?.get(6603)).toBe(expected);
});

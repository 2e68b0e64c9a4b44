import { getWhole } from '../coap/blocks.ts';
import type { Message } from '../coap/codec.ts';
import { option, uintOption } from '../coap/options.ts';
import { resultFrom } from './read-object.ts';
import { encrypt, keysOf } from './secret.ts';
import { parseTlv } from './tlv.ts';

const [key] = keysOf('secret');
const content = (payload: Uint8Array | string, format?: number): Message => ({
  type: 'ACK',
  code: '2.05',
  messageId: 1,
  token: Uint8Array.of(1),
  options: format === undefined ? [] : [uintOption(option.contentFormat, format)],
  payload: Buffer.from(payload as string, 'latin1'),
});
/** A TLV resource with a 16-bit id and an 8-bit length (LwM2M 1.0 §6.4.3). */
const resource = (id: number, value: string): Buffer =>
  Buffer.concat([Buffer.from([0xe8, id >> 8, id & 255, value.length]), Buffer.from(value, 'latin1')]);

describe('a resource of object 666', () => {
  test.each([undefined, 0, 42])('is decrypted from the plain forms (Content-Format %s)', (format) => {
    const value = encrypt(key!, 'Alipay,1.0');
    expect(resultFrom(content(value, format), 6602, key)).toEqual({
      outcome: 'value',
      text: 'Alipay,1.0',
      raw: value,
      keyForm: 'full',
    });
  });

  test.each([11542, 1542])('is found in TLV (Content-Format %i)', (format) => {
    const both = Buffer.concat([resource(6602, 'x'), resource(6603, encrypt(key!, 'NULL'))]);
    expect(resultFrom(content(both, format), 6603, key)).toMatchObject({ outcome: 'value', text: 'NULL' });
    const instance = Buffer.concat([Buffer.from([0x08, 0, both.length]), both]);
    expect(resultFrom(content(instance, format), 6603, key)).toMatchObject({ text: 'NULL' });
    expect(resultFrom(content(both, format), 6604, key)).toMatchObject({ outcome: 'malformed' });
    expect(resultFrom(content(both.subarray(0, 9), format), 6603, key)).toMatchObject({
      outcome: 'malformed',
    });
  });

  test('that does not decrypt is kept as received', () => {
    expect(resultFrom(content('in clear'), 6602, key)).toEqual({ outcome: 'undecryptable', raw: 'in clear' });
    const other = encrypt(keysOf('other')[0]!, 'Alipay');
    expect(resultFrom(content(other), 6602, key)).not.toMatchObject({ text: 'Alipay' });
  });

  test('is refused with the code of the client', () => {
    expect(resultFrom({ ...content(''), code: '4.04' }, 6602, key)).toEqual({
      outcome: 'refused',
      code: '4.04',
    });
  });
});

describe('TLV', () => {
  test('has ids of one or two bytes and lengths of none to three', () => {
    const bytes = [0xc1, 7, 65, 0xe1, 1, 2, 66, 0xd0, 8, 0, 1, 67, 0xd8, 9, 0, 0, 1, 68];
    expect(
      parseTlv(Uint8Array.from(bytes))?.map(({ id, value }) => [id, String.fromCharCode(...value)]),
    ).toEqual([
      [7, 'A'],
      [0x102, 'B'],
      [8, 'C'],
      [9, 'D'],
    ]);
  });

  test('cut short is malformed', () => {
    expect(parseTlv(Uint8Array.of(0xc8))).toBeUndefined();
    expect(parseTlv(Uint8Array.of(0xc2, 1, 65))).toBeUndefined();
  });
});

describe('a value in blocks', () => {
  const block = (number: number, more: number, payload: string): Message => ({
    ...content(payload),
    options: [uintOption(option.block2, number * 16 + more * 8 + 2)],
  });

  test('is put together, block after block', async () => {
    const asked: (number | undefined)[] = [];
    const answers = [block(0, 1, 'abc'), block(1, 1, 'def'), block(2, 0, 'g')];
    const whole = await getWhole(({ block2 }) => {
      asked.push(block2);
      return Promise.resolve(answers.shift()!);
    }, {});
    expect(asked).toEqual([undefined, 0x12, 0x22]);
    expect(whole).toMatchObject({ payload: Buffer.from('abcdefg') });
  });

  test('out of order is malformed', async () => {
    const answers = [block(0, 1, 'abc'), block(2, 0, 'g')];
    await expect(getWhole(() => Promise.resolve(answers.shift()!), {})).resolves.toHaveProperty('malformed');
  });

  test('with the reserved size exponent 7 is malformed (RFC 7959 §2.2)', async () => {
    const answers = [{ ...content('abc'), options: [uintOption(option.block2, 8 + 7)] }];
    await expect(getWhole(() => Promise.resolve(answers.shift()!), {})).resolves.toHaveProperty('malformed');
    expect(answers).toEqual([]);
  });

  test.each([
    ['empty', '', 1],
    ['of one byte', 'x', 256],
  ])('without end is malformed, its blocks %s', async (_what, payload, gets) => {
    let number = 0;
    // More GETs than this would never end.
    const get = () =>
      number < 5_000 ? Promise.resolve(block(number++, 1, payload)) : Promise.reject(new Error());
    await expect(getWhole(get, {})).resolves.toHaveProperty('malformed');
    expect(number).toBe(gets);
  });

  test('without end is malformed', async () => {
    let number = 0;
    const whole = await getWhole(() => Promise.resolve(block(number++, 1, 'x'.repeat(1024))), {});
    expect(whole).toHaveProperty('malformed');
    expect(number).toBeLessThan(10);
  });

  test('fails as its last block fails', async () => {
    const answers = [block(0, 1, 'abc'), 'silent' as const];
    await expect(getWhole(() => Promise.resolve(answers.shift()!), {})).resolves.toBe('silent');
  });
});

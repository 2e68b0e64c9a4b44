import { createCredentialBook } from './credentials.ts';
import { APP_KEY, endpointName, IMEI, PASSWORD } from './registration.fixture.ts';
import { encrypt, keysOf } from './secret.ts';

const book = createCredentialBook([
  { appKey: APP_KEY, password: PASSWORD },
  { appKey: 'M100000090', password: 'vector-3' },
]);
const cipher = (text: string, password = PASSWORD): string => encrypt(keysOf(password)[0]!, text);

describe('endpoint names', () => {
  test('of three parts', () => {
    expect(book.authenticate(endpointName('v1.0'))).toMatchObject({
      letter: 'I',
      appKey: APP_KEY,
      clear: undefined,
      keyForm: 'full',
      identity: { imei1: IMEI, imei2: '****', imsi: '460001234567890', last: 'v1.0' },
    });
  });

  test('of five parts', () => {
    expect(book.authenticate(`${endpointName('v2.0')}@#@${IMEI}@#@v2.0`)).toMatchObject({
      clear: { imei: IMEI, version: 'v2.0' },
      identity: { last: 'v2.0' },
    });
  });

  test('a version may contain dashes', () => {
    const name = `L@#@${cipher('1-2-3-V2.2.0-D1.1.1')}@#@${APP_KEY}`;
    expect(book.authenticate(name)).toMatchObject({ letter: 'L', identity: { last: 'V2.2.0-D1.1.1' } });
  });

  test('encrypted with the truncated key say so', () => {
    const cut = keysOf('vector-3')[1]!;
    const name = `A@#@${encrypt(cut, `${IMEI}-****-****-v2.0`)}@#@M100000090`;
    expect(book.authenticate(name)).toMatchObject({ keyForm: 'truncated', identity: { imei1: IMEI } });
    expect(book.keyOf(book.authenticate(name) as never)).toEqual(cut);
  });

  test.each([
    ['', 'nothing'],
    ['863703030822519;460001234567890;;1.0', 'the name of 2017'],
    [`X@#@${cipher('1-2-3-4')}@#@${APP_KEY}`, 'another letter'],
    [`I@#@not base64@#@${APP_KEY}`, 'no base64'],
    [`I@#@${cipher('1-2-3-4')}@#@`, 'no app key'],
    [`I@#@${cipher('1-2-3-4')}@#@${APP_KEY}@#@${IMEI}`, 'four parts'],
    [`I@#@${cipher('1-2-3-4')}@#@${APP_KEY}@#@@#@v2.0`, 'an empty IMEI in clear'],
    [`I@#@${cipher('1-2-3-4')}@#@\x01`, 'control bytes'],
  ])('%j is malformed: %s', (name) => {
    expect(book.authenticate(name)).toMatchObject({ code: '4.00' });
  });

  test.each([
    [endpointName('v2.0', 'another password'), 'made with another key'],
    [`I@#@${cipher('1-2-3-4')}@#@M999999999`, 'of an unknown app key'],
    [`I@#@${cipher('no fields')}@#@${APP_KEY}`, 'with something else inside'],
  ])('%j is refused: %s', (name) => {
    expect(book.authenticate(name)).toMatchObject({ code: '4.03' });
  });
});

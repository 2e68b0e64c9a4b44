import { credentials, otherCredentials } from '../values/samples.ts';
import { numberedValues } from './numbered-values.ts';
import { ownValuesIn, showsAnyNumbered } from './own-values.ts';
import { recordNamed } from './records.ts';

const server = recordNamed('QDMPCFG 1');
const keys = recordNamed('QDMPCFG 2');
const device = recordNamed('QDMPCFGEX 2');

describe('the suite values that a record holds', () => {
  test('are recognized in the text, whatever the blanks after commas', () => {
    expect(ownValuesIn(server, '1, 192.0.2.7,5683,420')).toEqual(['192.0.2.7', '5683', '420']);
    expect(ownValuesIn(device, '2,rom-07,ram-07,cpu-07,RTOS 1.07')).toEqual(numberedValues(device, 7));
  });

  test('are recognized by the first four characters of the private key', () => {
    const { appKey, password, tmlType, tmlImei } = otherCredentials;
    const text = `2,${appKey},${password.slice(0, 4)}**********,${tmlType},${tmlImei}`;
    expect(ownValuesIn(keys, text)?.[1]).toBe(password);
  });

  test('are none if a record shows a default, or values a module may have as delivered', () => {
    const { appKey, password, tmlType, tmlImei } = credentials;
    expect(ownValuesIn(server, '1,117.161.2.41,5683,86400')).toBeUndefined();
    expect(
      ownValuesIn(keys, `2,${appKey},${password.slice(0, 4)}****,${tmlType},${tmlImei}`),
    ).toBeUndefined();
    expect(ownValuesIn(device, 'NULL')).toBeUndefined();
    expect(ownValuesIn(device, undefined)).toBeUndefined();
  });

  test('are none if two of them are mixed', () => {
    expect(ownValuesIn(device, '2,rom-07,ram-07,cpu-08,RTOS 1.08')).toBeUndefined();
  });
});

describe('a record that came back', () => {
  test.each([
    [server, '1,192.0.2.107,6007,1007', true],
    [server, '1,117.161.2.41,6007,86400', true],
    [server, '1,117.161.2.41,5683,86400', false],
    [device, '2,NULL,NULL,cpu-07,NULL', true],
    [device, '2,NULL,NULL,NULL,NULL', false],
    [device, '2,,,,', false],
    [recordNamed('QDMPCFG 0'), '0,0', false],
    [device, undefined, false],
  ])('$name, %s: %s', (record, text, back) => {
    expect(showsAnyNumbered(record, text)).toBe(back);
  });
});

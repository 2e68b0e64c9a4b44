import { openCommandLayer } from '../board/command-layer.fixture.ts';
import {
  queryOf,
  saveServer,
  withImei,
  withPeriod,
  withPort,
  withServer,
} from './access-commands.fixture.ts';

describe('settings', () => {
  const erased = 'AT+QDMPCFG=4,1';
  const eraseServer = 'AT+QDMPCFG=5,1';
  const eraseAll = 'AT+QDMPCFG=5,4';
  const partial = 'AT+QDMPCFG=1,10.0.0.1';
  const key = (password: string): string => `AT+QDMPCFG=2,"k","${password}",0,123456789012345`;
  const cases: readonly [string, string, readonly string[], readonly string[]][] = [
    ['testForm', 'ranges', ['AT+QDMPCFG=?'], ['+QDMPCFG: (0-2,4-6)', 'OK']],
    ['reservedType', 'OK', ['AT+QDMPCFG=3,1'], ['OK']],
    ['reservedQuery', 'ERROR', ['AT+QDMPCFG=4,3'], ['ERROR']],
    ['reservedErase', '3', ['AT+QDMPCFG=5,3'], ['3']],
    ['queryEmpty', 'empty', [erased], ['+QDMPCFG: 1,,,', 'OK']],
    ['queryEmpty', 'zeros', [erased], ['+QDMPCFG: 1,,,0', 'OK']],
    ['queryEmpty', 'in-use', [saveServer, erased], ['+QDMPCFG: 1,117.161.2.7,5683,420', 'OK']],
    [
      'queryEmpty',
      'in-use',
      [saveServer, eraseServer, erased],
      ['+QDMPCFG: 1,117.161.2.41,5683,86400', 'OK'],
    ],
    ['queryEmpty', 'error', [erased], ['50']],
    ['eraseEmpty', '22', [eraseServer], ['22']],
    ['eraseEmpty', '22', [saveServer, eraseServer], ['OK']],
    ['eraseEmpty', '22', [saveServer, eraseAll], ['22']],
    ['eraseEmpty', '22', [saveServer, eraseAll, erased], ['+QDMPCFG: 1,117.161.2.7,5683,420', 'OK']],
    ['eraseEmpty', 'ERROR', ['AT+QDMPCFG=0,0', saveServer, key('p'), eraseAll], ['OK']],
    ['stateParameter', 'ignored', ['AT+QDMPCFG=6,9'], ['+QDMPCFG: 6,0', 'OK']],
    ['queryBlank', 'blank', ['AT+QDMPCFG=4,2'], ['+QDMPCFG: 2,M100000089, 95Go****,0,863703030822519', 'OK']],
    ['keyMaxBytes', '2', ['AT+QDMPCFG=2,"abc","p",0,123456789012345'], ['50']],
    ['passwordMaxBytes', '128', [key('p'.repeat(128))], ['OK']],
    ['emptyKeys', 'refused', [key('')], ['50']],
    ['keysUnquoted', 'accepted', ['AT+QDMPCFG=2,k,p,0,123456789012345'], ['OK']],
    ['maskStars', 'rest', [key('abcdefg'), queryOf(2)], ['+QDMPCFG: 2,k,abcd***,0,123456789012345', 'OK']],
    ['shortKeys', 'stars', [key('abcd'), queryOf(2)], ['+QDMPCFG: 2,k,abcd****,0,123456789012345', 'OK']],
    ['shortKeys', 'bare', [key('abcd'), queryOf(2)], ['+QDMPCFG: 2,k,abcd,0,123456789012345', 'OK']],
    ['shortKeys', 'hidden', [key('abcd'), queryOf(2)], ['+QDMPCFG: 2,k,****,0,123456789012345', 'OK']],
    ['partialAccess', 'kept', [saveServer, partial, erased], ['+QDMPCFG: 1,10.0.0.1,5683,420', 'OK']],
    ['partialAccess', 'defaults', [saveServer, partial, erased], ['+QDMPCFG: 1,10.0.0.1,5683,86400', 'OK']],
    ['numberLeadingZeros', 'refused', [withPeriod('0300')], ['50']],
    [
      'numberLeadingZeros',
      'accepted',
      [withPeriod('0300'), erased],
      ['+QDMPCFG: 1,117.161.2.7,5683,300', 'OK'],
    ],
    ['numberPlus', 'accepted', [withPeriod('+300')], ['OK']],
    ['numberQuoted', 'accepted', [withPeriod('"300"')], ['OK']],
    ['blanks', 'ignored', [withPeriod(' 300')], ['OK']],
    ['blanks', 'refused', [withPeriod(' 300')], ['50']],
    ['ipQuoted', 'accepted', [withServer('"117.161.2.7"')], ['OK']],
    [
      'ipQuoted',
      'required',
      [withServer('"117.161.2.7"'), erased],
      ['+QDMPCFG: 1,117.161.2.7,5683,420', 'OK'],
    ],
    ['ipQuoted', 'required', [saveServer], ['50']],
    ['ipLeadingZeros', 'accepted', [withServer('117.161.002.007')], ['OK']],
    ['ipLeadingZeros', 'refused', [withServer('117.161.002.007')], ['50']],
    ['ipOther', 'accepted', [withServer('dm.example.org')], ['OK']],
    ['ipOther', 'accepted', [withServer('2001:db8::1')], ['OK']],
    ['portZero', 'accepted', [withPort('0')], ['OK']],
    ['imeiForm', 'any', [withImei('86370303082251x')], ['OK']],
    ['imeiQuoted', 'accepted', [withImei('"863703030822519"')], ['OK']],
    ['imeiQuoted', 'required', [withImei('"863703030822519"')], ['OK']],
    ['imeiQuoted', 'required', [withImei('863703030822519')], ['50']],
    ['nonAscii', 'refused', [key('\xc3\xa9')], ['50']],
    ['nonAscii', 'refused', [key('\x01\x7f')], ['OK']],
    ['controlBytes', 'refused', [key('\x01')], ['50']],
    ['controlBytes', 'refused', [key('\x7f')], ['50']],
    ['controlBytes', 'refused', [key('\xc3\xa9')], ['OK']],
    ['errorValue', 'ERROR', [withPeriod('299')], ['ERROR']],
    ['errorMember', '3', ['AT+QDMPCFG=7'], ['3']],
    ['errorCount', '4', ['AT+QDMPCFG=0'], ['4']],
    ['errorSyntax', 'ERROR', ['AT+QDMPCFG=2,"k'], ['ERROR']],
    ['errorForm', 'ERROR', ['AT+QDMPCFG'], ['ERROR']],
  ];
  test.each(cases)('%s %s: %s', (name, value, commands, answer) => {
    const layer = openCommandLayer([], { [name]: value });
    const answers = commands.map((command) => layer.send(command));
    expect(answers.at(-1)).toEqual(answer);
  });
});

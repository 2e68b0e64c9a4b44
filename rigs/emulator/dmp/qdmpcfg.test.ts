import { openCommandLayer } from '../board/command-layer.fixture.ts';
import {
  queryOf,
  saveCredentials,
  saveServer,
  withImei,
  withPeriod,
  withPort,
  withServer,
  withTerminalType,
} from './access-commands.fixture.ts';

describe("the note's examples, in its order", () => {
  test.each([
    ['AT+QDMPCFG=0,0', ['OK']],
    ['AT+QDMPCFG=4,0', ['+QDMPCFG: 0,0', 'OK']],
    [saveServer, ['OK']],
    ['AT+QDMPCFG=4,1', ['+QDMPCFG: 1,117.161.2.7,5683,420', 'OK']],
    ['AT+QDMPCFG=2,"M100000089","95Go****",1,863703030822519', ['OK']],
    ['AT+QDMPCFG=4,2', ['+QDMPCFG: 2,M100000089,95Go****,1,863703030822519', 'OK']],
    ['AT+QDMPCFG=5,4', ['OK']],
    ['AT+QDMPCFG=6', ['+QDMPCFG: 6,0', 'OK']],
  ])('%s', (command, answer) => {
    const layer = openCommandLayer();
    for (const earlier of [
      'AT+QDMPCFG=0,0',
      saveServer,
      'AT+QDMPCFG=2,"M100000089","95Go****",1,863703030822519',
    ]) {
      layer.send(earlier);
    }
    expect(layer.send(command)).toEqual(answer);
  });
});

describe('forms', () => {
  test('the test form describes the parameters', () => {
    expect(openCommandLayer().send('AT+QDMPCFG=?')).toEqual([
      '+QDMPCFG: <type>[,<parameter1>[,<parameter2>[,<parameter3>[,<parameter4>]]]]',
      'OK',
    ]);
  });

  test('a module never configured reads the defaults', () => {
    expect(openCommandLayer().send('AT+QDMPCFG?')).toEqual([
      '+QDMPCFG: 0,1',
      '+QDMPCFG: 1,117.161.2.41,5683,86400',
      '+QDMPCFG: 2,M100000089,95Go****,0,863703030822519',
      'OK',
    ]);
  });

  test('the execute form is refused', () => {
    expect(openCommandLayer().send('AT+QDMPCFG')).toEqual(['4']);
  });

  test('the state is what the network side says it is', () => {
    const layer = openCommandLayer();
    layer.module.dmState = 11;
    expect(layer.send('AT+QDMPCFG=6')).toEqual(['+QDMPCFG: 6,11', 'OK']);
  });
});

describe('saved and active', () => {
  test('what was saved shows in the read form after a reboot, and not before', () => {
    const layer = openCommandLayer();
    layer.send('AT+QDMPCFG=0,0');
    layer.send(saveServer);
    layer.send(saveCredentials);
    expect(layer.send('AT+QDMPCFG?')[1]).toBe('+QDMPCFG: 1,117.161.2.41,5683,86400');
    layer.reboot();
    expect(layer.send('AT+QDMPCFG?')).toEqual([
      '+QDMPCFG: 0,0',
      '+QDMPCFG: 1,117.161.2.7,5683,420',
      '+QDMPCFG: 2,M100000089,95Go****,1,863703030822519',
      'OK',
    ]);
  });

  test('an erase shows as defaults after a reboot, and not before', () => {
    const layer = openCommandLayer();
    layer.send(saveServer);
    layer.reboot();
    layer.send('AT+QDMPCFG=5,4');
    expect(layer.send('AT+QDMPCFG?')[1]).toBe('+QDMPCFG: 1,117.161.2.7,5683,420');
    layer.reboot();
    expect(layer.send('AT+QDMPCFG?')[1]).toBe('+QDMPCFG: 1,117.161.2.41,5683,86400');
  });

  test.each([
    ['AT+QDMPCFG=5,0', [1, 2]],
    ['AT+QDMPCFG=5,1', [0, 2]],
    ['AT+QDMPCFG=5,2', [0, 1]],
    ['AT+QDMPCFG=1,10.0.0.1,1,300', [0, 2]],
    ['AT+QDMPCFGEX=4,0,"a","b","c","d"', [0, 1, 2]],
    ['AT+QDMPCFGEX=4,2', [0, 1, 2]],
  ])('%s leaves the other records alone', (command, others) => {
    const layer = openCommandLayer();
    for (const save of ['AT+QDMPCFG=0,0', saveServer, saveCredentials]) layer.send(save);
    const before = others.map((option) => layer.send(queryOf(option)));
    expect(layer.send(command)).toEqual(['OK']);
    expect(others.map((option) => layer.send(queryOf(option)))).toEqual(before);
  });

  test('erasing everything spares the extended records', () => {
    const layer = openCommandLayer();
    layer.send('AT+QDMPCFGEX=1,0,"00-01"');
    layer.send('AT+QDMPCFG=5,4');
    expect(layer.send('AT+QDMPCFGEX=1,1')).toEqual(['+QDMPCFGEX: 1,00-01', 'OK']);
  });

  test('a record is one transaction', () => {
    const layer = openCommandLayer();
    layer.send(saveCredentials);
    expect(layer.commits.map((changes) => [...changes.keys()])).toEqual([
      ['dm_appkey', 'dm_pwd', 'dm_interface', 'dm_imei1'],
    ]);
  });
});

describe('limits', () => {
  test.each([
    withPeriod('300'),
    withPeriod('4294966'),
    withPort('1'),
    withPort('65535'),
    withServer('0.0.0.0'),
    withServer('255.255.255.255'),
    withImei('123456789012345'),
    withImei('1234567890123456'),
    withImei('12345678901234567'),
    withTerminalType('0'),
    withTerminalType('2'),
    'AT+QDMPCFG=0,1',
    `AT+QDMPCFG=2,"${'k'.repeat(32)}","${'p'.repeat(64)}",0,123456789012345`,
  ])('accepts %s', (command) => {
    expect(openCommandLayer().send(command)).toEqual(['OK']);
  });

  test.each([
    ...['299', '4294967', '0', '4294967596', '-300', '300.5', 'abc', '', '99999999999999999999'].map(
      withPeriod,
    ),
    ...['0', '65536', '4294967296', '-1', 'x', ''].map(withPort),
    ...['256.1.1.1', '1.2.3', 'abc', '', '"117.161.2.7"', 'dm.example.org', '::1'].map(withServer),
    ...['12345678901234', '123456789012345678', '86370303082251x', '"863703030822519"'].map(withImei),
    ...['3', '-1', 'x', ''].map(withTerminalType),
    ...['2', '-1', '1.0', '', 'on', '"1"', '+1'].map((mode) => `AT+QDMPCFG=0,${mode}`),
    `AT+QDMPCFG=2,"${'k'.repeat(33)}","p",0,123456789012345`,
    `AT+QDMPCFG=2,"k","${'p'.repeat(65)}",0,123456789012345`,
    'AT+QDMPCFG=2,key,"secret",1,863703030822519',
    'AT+QDMPCFG=2,"key","sec"ret",1,863703030822519',
    'AT+QDMPCFG=2,"key","secret,1,863703030822519',
    ...['7', '-1', 'x', '', '7,1', '4294967296'].map((type) => `AT+QDMPCFG=${type}`),
    ...['4', '5', '-1', 'x', '', '0,0'].map((option) => `AT+QDMPCFG=4,${option}`),
    ...['5', '6', '-1', 'x', '', '0,0'].map((option) => `AT+QDMPCFG=5,${option}`),
    ...['0', '0,1,1', '1,117.161.2.7,5683', '1,117.161.2.7,5683,420,1', '4', '5'].map(
      (l) => `AT+QDMPCFG=${l}`,
    ),
    'AT+QDMPCFG=2,"key","secret",1',
    'AT+QDMPCFG=2,"key","secret",1,863703030822519,0',
    'AT+QDMPCFG=6,1',
  ])('refuses %s and changes nothing', (command) => {
    const layer = openCommandLayer();
    expect(layer.send(command)).toEqual(['50']);
    expect(layer.commits).toEqual([]);
  });

  test.each(['AT+QDMPCFG=3', 'AT+QDMPCFG=3,1', 'AT+QDMPCFG=4,3', 'AT+QDMPCFG=5,3'])(
    'the reserved %s is refused with a code of its own',
    (command) => {
      const layer = openCommandLayer();
      expect(layer.send(command)).toEqual(['4']);
      expect(layer.commits).toEqual([]);
    },
  );
});

describe('strings', () => {
  test('commas, semicolons and bars inside quotes are data', () => {
    const layer = openCommandLayer();
    expect(layer.send('AT+QDMPCFG=2,"a,b;c|d","x,y;z",0,123456789012345')).toEqual(['OK']);
    expect(layer.send(queryOf(2))).toEqual(['+QDMPCFG: 2,a,b;c|d,x,y;****,0,123456789012345', 'OK']);
  });

  test('lengths count bytes', () => {
    const twoBytes = Buffer.from('é', 'utf8').toString('latin1');
    const key = (count: number): string => `AT+QDMPCFG=2,"${twoBytes.repeat(count)}","p",0,123456789012345`;
    expect(openCommandLayer().send(key(16))).toEqual(['OK']);
    expect(openCommandLayer().send(key(17))).toEqual(['50']);
  });
});

import { openCommandLayer } from '../board/command-layer.fixture.ts';
import { extendedRecords } from './extended-records.ts';

const appInfo = 'Douyin|FW1|990650|9123;Wechat|FW02|80650|9201;QQ|FW03|11650|92551';

describe("the note's examples", () => {
  test.each([
    [0, `"${appInfo}"`, appInfo],
    [1, '"00-01-6C-06-A6-29"', '00-01-6C-06-A6-29'],
    [2, '"4096KB","4096KB","MT2625","FREE RTOS"', '4096KB,4096KB,MT2625,FREE RTOS'],
    [3, '"BC26NBR01A07","Quectel"', 'BC26NBR01A07,Quectel'],
    [4, '"off","NB-IoT","XY05553867549","18009699999"', 'off,NB-IoT,XY05553867549,18009699999'],
    [5, '"31.8438799075,117.2025477950,OTDOA"', '31.8438799075,117.2025477950,OTDOA'],
  ])('type %i is saved, read without a reboot, and erased', (type, strings, values) => {
    const layer = openCommandLayer();
    expect(layer.send(`AT+QDMPCFGEX=${type},0,${strings}`)).toEqual(['OK']);
    expect(layer.send(`AT+QDMPCFGEX=${type},1`)).toEqual([`+QDMPCFGEX: ${type},${values}`, 'OK']);
    expect(layer.send(`AT+QDMPCFGEX=${type},2`)).toEqual(['OK']);
    const none = (extendedRecords[type]?.fields ?? []).map(() => 'NULL').join(',');
    expect(layer.send(`AT+QDMPCFGEX=${type},1`)).toEqual([`+QDMPCFGEX: ${type},${none}`, 'OK']);
  });
});

describe('forms', () => {
  test('the test form describes the parameters', () => {
    expect(openCommandLayer().send('AT+QDMPCFGEX=?')).toEqual([
      '+QDMPCFGEX: <type>,<act>[,<parameter1>[,<parameter2>[,<parameter3>,<parameter4>]]]',
      'OK',
    ]);
  });

  test.each(['AT+QDMPCFGEX?', 'AT+QDMPCFGEX'])('%s does not exist', (command) => {
    expect(openCommandLayer().send(command)).toEqual(['4']);
  });
});

const fields = extendedRecords.flatMap(({ type, fields: all }) =>
  all.map((field, index) => ({ type, index, count: all.length, ...field })),
);

const save = (field: (typeof fields)[number], value: string): string => {
  const strings = Array.from({ length: field.count }, (_, index) => (index === field.index ? value : 'x'));
  return `AT+QDMPCFGEX=${field.type},0,${strings.map((string) => `"${string}"`).join(',')}`;
};

describe.each(fields)('$name, $maxBytes bytes', (field) => {
  test('the longest value is kept whole', () => {
    const layer = openCommandLayer();
    const longest = 'z'.repeat(field.maxBytes);
    expect(layer.send(save(field, longest))).toEqual(['OK']);
    expect(layer.send(`AT+QDMPCFGEX=${field.type},1`)[0]).toContain(longest);
  });

  test('one byte more is refused, and nothing changes', () => {
    const layer = openCommandLayer();
    expect(layer.send(save(field, 'z'.repeat(field.maxBytes + 1)))).toEqual(['50']);
    expect(layer.commits).toEqual([]);
  });

  test('bytes count, not characters', () => {
    const twoBytes = Buffer.from('é', 'utf8').toString('latin1');
    expect(openCommandLayer().send(save(field, twoBytes.repeat((field.maxBytes + 1) / 2)))).toEqual(['50']);
  });

  test('NULL is accepted', () => {
    expect(openCommandLayer().send(save(field, 'NULL'))).toEqual(['OK']);
  });
});

describe('records', () => {
  test('saving or erasing one leaves the five others as they were', () => {
    const layer = openCommandLayer();
    for (const field of fields) layer.send(save(field, 'kept'));
    const read = (): readonly string[][] =>
      [0, 1, 2, 3, 5].map((type) => [...layer.send(`AT+QDMPCFGEX=${type},1`)]);
    const before = read();
    expect(layer.send('AT+QDMPCFGEX=4,0,"1","2","3","4"')).toEqual(['OK']);
    expect(read()).toEqual(before);
    expect(layer.send('AT+QDMPCFGEX=4,2')).toEqual(['OK']);
    expect(read()).toEqual(before);
  });

  test('the copy in use changes at a reboot, and not before', () => {
    const layer = openCommandLayer();
    layer.send('AT+QDMPCFGEX=1,0,"00-01"');
    expect(layer.module.active.values.get('dm_ex_mac')).toBe('NULL');
    layer.reboot();
    expect(layer.module.active.values.get('dm_ex_mac')).toBe('00-01');
  });

  test('every printable character but the quote is data', () => {
    const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
    const all = printable.filter((character) => character !== '"').join('');
    const layer = openCommandLayer();
    expect(layer.send(`AT+QDMPCFGEX=0,0,"${all}"`)).toEqual(['OK']);
    expect(layer.send('AT+QDMPCFGEX=0,1')).toEqual([`+QDMPCFGEX: 0,${all}`, 'OK']);
  });
});

describe('refusals', () => {
  test.each([
    ...['6,1', '6,0,"a"', '-1,1', 'x,1', '', '0'].map((list) => `AT+QDMPCFGEX=${list}`),
    ...['1,3', '1,-1', '1,x', '1,'].map((list) => `AT+QDMPCFGEX=${list}`),
    ...['1,0', '1,0,"a","b"', '2,0,"a","b","c"', '2,0,"a","b","c","d","e"'].map((l) => `AT+QDMPCFGEX=${l}`),
    ...['3,0,"a"', '4,0,"a","b","c"', '5,0,"a","b"', '0,0,"a","b"'].map((list) => `AT+QDMPCFGEX=${list}`),
    ...['1,0,a', '1,0,"a', '1,0,a"', '1,0,"a"b', '1,1,"a"', '1,2,"a"'].map((list) => `AT+QDMPCFGEX=${list}`),
  ])('%s changes nothing', (command) => {
    const layer = openCommandLayer();
    expect(layer.send(command)).toEqual(['50']);
    expect(layer.commits).toEqual([]);
  });
});

describe('settings', () => {
  const read = 'AT+QDMPCFGEX=1,1';
  const cases: readonly [string, string, readonly string[], readonly string[]][] = [
    ['testForm', 'ranges', ['AT+QDMPCFGEX=?'], ['+QDMPCFGEX: (0-5),(0-2)', 'OK']],
    ['exReadEmpty', 'empty', [read], ['+QDMPCFGEX: 1,', 'OK']],
    ['exReadEmpty', 'error', [read], ['50']],
    ['exNullRead', 'empty', ['AT+QDMPCFGEX=1,0,"NULL"', read], ['+QDMPCFGEX: 1,', 'OK']],
    ['exEmpty', 'accepted', ['AT+QDMPCFGEX=1,0,""', read], ['+QDMPCFGEX: 1,', 'OK']],
    ['exEmpty', 'null', ['AT+QDMPCFGEX=1,0,""', read], ['+QDMPCFGEX: 1,NULL', 'OK']],
    ['exEmpty', 'refused', ['AT+QDMPCFGEX=1,0,""'], ['50']],
    ['exUnquoted', 'accepted', ['AT+QDMPCFGEX=1,0,00-01', read], ['+QDMPCFGEX: 1,00-01', 'OK']],
    [
      'exPartial',
      'kept',
      ['AT+QDMPCFGEX=3,0,"v","n"', 'AT+QDMPCFGEX=3,0,"w"', 'AT+QDMPCFGEX=3,1'],
      ['+QDMPCFGEX: 3,w,n', 'OK'],
    ],
    ['exPartial', 'null', ['AT+QDMPCFGEX=3,0,"w"', 'AT+QDMPCFGEX=3,1'], ['+QDMPCFGEX: 3,w,NULL', 'OK']],
    ['exReadParameters', 'ignored', ['AT+QDMPCFGEX=1,1,"a"'], ['+QDMPCFGEX: 1,NULL', 'OK']],
    ['exAppInfoForm', 'checked', ['AT+QDMPCFGEX=0,0,"no log"'], ['50']],
    ['exAppInfoForm', 'checked', [`AT+QDMPCFGEX=0,0,"${appInfo}"`], ['OK']],
    ['exMacForm', 'checked', ['AT+QDMPCFGEX=1,0,"a"'], ['50']],
    ['exMacForm', 'checked', ['AT+QDMPCFGEX=1,0,"00-01-6C-06-A6-29"'], ['OK']],
    ['exMacForm', 'checked', ['AT+QDMPCFGEX=1,0,"NULL"'], ['OK']],
    ['exVolteForm', 'checked', ['AT+QDMPCFGEX=4,0,"on-1","LTE","a","1"'], ['50']],
    ['exVolteForm', 'checked', ['AT+QDMPCFGEX=4,0,"off","LTE","a","1"'], ['OK']],
    ['exPhoneForm', 'checked', ['AT+QDMPCFGEX=4,0,"on","LTE","a","+1"'], ['50']],
    ['exPhoneForm', 'checked', ['AT+QDMPCFGEX=4,0,"on","LTE","a","1801"'], ['OK']],
    ['eraseEmpty', '22', ['AT+QDMPCFGEX=1,2'], ['22']],
    ['eraseEmpty', '22', ['AT+QDMPCFGEX=1,0,"a"', 'AT+QDMPCFGEX=1,2'], ['OK']],
    ['nonAscii', 'refused', ['AT+QDMPCFGEX=1,0,"\xc3\xa9"'], ['50']],
    ['nonAscii', 'refused', ['AT+QDMPCFGEX=1,0,"\x01\x7f"', read], ['+QDMPCFGEX: 1,\x01\x7f', 'OK']],
    ['controlBytes', 'refused', ['AT+QDMPCFGEX=1,0,"\t"'], ['50']],
    ['controlBytes', 'refused', ['AT+QDMPCFGEX=1,0,"\xff"', read], ['+QDMPCFGEX: 1,\xff', 'OK']],
  ];
  test.each(cases)('%s %s: %s', (name, value, commands, answer) => {
    const layer = openCommandLayer([], { [name]: value });
    const answers = commands.map((command) => layer.send(command));
    expect(answers.at(-1)).toEqual(answer);
  });
});

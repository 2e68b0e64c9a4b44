import { openCommandLayer } from '../board/command-layer.fixture.ts';

const sendAll = (...commands: readonly string[]): readonly (readonly string[])[] => {
  const layer = openCommandLayer();
  return commands.map((command) => layer.send(command));
};

type Row = readonly [string, readonly string[]];

describe('identity, in the formats of the vendor', () => {
  const rows: readonly Row[] = [
    ['AT', ['OK']],
    ['ATI', ['Quectel_Ltd', 'Quectel_BC26', 'Revision: BC26NBR01A07', 'OK']],
    ['AT+CGMI', ['Quectel_Ltd', 'Quectel_BC26', 'Revision: MTK_2625', 'OK']],
    ['AT+CGMM', ['Quectel_BC26', 'OK']],
    ['AT+CGMR', ['Revision: BC26NBR01A07', 'OK']],
    ['AT+CGSN', ['MPA18K4000001', 'OK']],
    ['AT+CGSN=0', ['MPA18K4000001', 'OK']],
    ['AT+CGSN=1', ['+CGSN: 863703030822519', 'OK']],
    ['AT+CGSN=2', ['+CGSN: 8637030308225101', 'OK']],
    ['AT+CGSN=3', ['+CGSN: 01', 'OK']],
    ['AT+CGSN=4', ['50']],
    ['AT+GSN', ['863703030822519', 'OK']],
    ['AT+CIMI', ['460001234567890', 'OK']],
    ['AT+QCCID', ['+QCCID: 89860012345678901234', 'OK']],
    ['AT+CPIN?', ['+CPIN: READY', 'OK']],
    ['AT+CPIN="1234"', ['3']],
  ];
  test.each(rows)('%s', (command, answer) => {
    expect(openCommandLayer().send(command)).toEqual(answer);
  });
});

test.each(['AT+CIMI', 'AT+QCCID', 'AT+CPIN?'])('%s without a SIM is 27.007 code 10', (command) => {
  expect(openCommandLayer([], { sim: 'absent' }).send(command)).toEqual(['10']);
});

test.each(['AT+QENG=0', 'AT+CREG?', 'ATD', 'AT&F', 'AT+CFUN', 'AT+QSCLK', 'AT+CIMI?', 'ATE2'])(
  '%s does not exist: plain ERROR',
  (command) => {
    expect(openCommandLayer().send(command)).toEqual(['ERROR']);
  },
);

describe('test forms', () => {
  const rows: readonly Row[] = [
    ['AT+CMEE=?', ['+CMEE: (0-2)', 'OK']],
    [
      'AT+IPR=?',
      [
        '+IPR: (4800,9600,115200),' +
          '(0,110,300,1200,2400,4800,9600,19200,38400,57600,115200,230400,460800,921600)',
        'OK',
      ],
    ],
    ['AT+CFUN=?', ['+CFUN: (0,1,4,7),(0-2)', 'OK']],
    ['AT+QRST=?', ['+QRST: (1)', 'OK']],
    ['AT+QPOWD=?', ['+QPOWD: (0)', 'OK']],
    ['AT+QSCLK=?', ['+QSCLK: (0-2)', 'OK']],
    ['AT+CEREG=?', ['+CEREG: (0-5)', 'OK']],
    ['AT+CEDRXS=?', ['+CEDRXS: (0-3),(5),("0000"-"1111")', 'OK']],
  ];
  test.each(rows)('%s', (command, answer) => {
    expect(openCommandLayer().send(command)).toEqual(answer);
  });
});

describe('the network', () => {
  test('a module with a SIM is registered', () => {
    const layer = openCommandLayer();
    expect(layer.send('AT+CEREG?')).toEqual(['+CEREG: 0,1', 'OK']);
    expect(layer.send('AT+CGREG?')).toEqual(['+CGREG: 0,1', 'OK']);
    expect(layer.send('AT+CGATT?')).toEqual(['+CGATT: 1', 'OK']);
    expect(layer.send('AT+CGPADDR=1')).toEqual(['+CGPADDR: 1,100.64.0.26', 'OK']);
    expect(layer.send('AT+CGPADDR?')).toEqual(['OK']);
    expect(layer.send('AT+COPS?')).toEqual(['+COPS: 0,2,"46000",9', 'OK']);
    expect(layer.send('AT+CSQ')).toEqual(['+CSQ: 20,0', 'OK']);
    expect(layer.send('AT+QIDNSCFG=1')).toEqual(['+QIDNSCFG: 1,"192.0.2.53","192.0.2.54"', 'OK']);
  });

  test.each<[string, Record<string, string>, string, string]>([
    ['of its own operator', { imsi: '460020123456789', network: '46007' }, '+CEREG: 0,1', '46007'],
    ['of another operator', { imsi: '262011234567890' }, '+CEREG: 0,5', '46000'],
    ['abroad', { network: '26201' }, '+CEREG: 0,5', '26201'],
  ])('a network %s is shown by its number', (_where, settings, registration, plmn) => {
    const layer = openCommandLayer([], settings);
    expect(layer.send('AT+CEREG?')).toEqual([registration, 'OK']);
    expect(layer.send('AT+CGATT?')).toEqual(['+CGATT: 1', 'OK']);
    expect(layer.send('AT+COPS?')).toEqual([`+COPS: 0,2,"${plmn}",9`, 'OK']);
  });

  test('a network without a known name is shown by its number in every form', () => {
    const layer = openCommandLayer([], { network: '26201' });
    layer.send('AT+COPS=3,0');
    expect(layer.send('AT+COPS?')).toEqual(['+COPS: 0,0,"26201",9', 'OK']);
  });

  test('AT+CEREG=2 adds area and cell', () => {
    const layer = openCommandLayer();
    layer.send('AT+CEREG=2');
    expect(layer.send('AT+CEREG?')).toEqual(['+CEREG: 2,1,"0002","01A2D102",9', 'OK']);
  });

  test.each([['AT+CFUN=0'], ['AT+CGATT=0'], ['AT+COPS=2']])('after %s it is not', (command) => {
    const layer = openCommandLayer();
    expect(layer.send(command)).toEqual(['OK']);
    expect(layer.send('AT+CEREG?')).toEqual(['+CEREG: 0,0', 'OK']);
    expect(layer.send('AT+CGPADDR=1')).toEqual(['OK']);
    expect(layer.send('AT+CSQ')).toEqual(['+CSQ: 99,99', 'OK']);
  });

  test('AT+COPS=3 changes how the operator is shown', () => {
    const layer = openCommandLayer();
    layer.send('AT+COPS=3,0');
    expect(layer.send('AT+COPS?')).toEqual(['+COPS: 0,0,"CHINA MOBILE",9', 'OK']);
  });

  test.each([
    'AT+CFUN=15',
    'AT+CEREG=6',
    'AT+CGATT=2',
    'AT+COPS=5',
    'AT+CGPADDR=2',
    'AT+QIDNSCFG=1,"x"',
    'AT+QBAND=2,8',
  ])('%s is refused', (command) => {
    expect(openCommandLayer().send(command)).toEqual(['50']);
  });
});

test('AT+CFUN with rst 1 changes nothing before the reboot', () => {
  expect(sendAll('AT+CFUN=0,1', 'AT+CFUN?')).toEqual([['OK'], ['+CFUN: 1', 'OK']]);
});

describe('what a reboot keeps', () => {
  const rows: readonly (readonly [string, readonly string[], string, string])[] = [
    ['echo comes back on', ['ATE0'], 'echo', 'on'],
    ['AT+CMEE falls back', ['AT+CMEE=2'], 'AT+CMEE?', '+CMEE: 0'],
    ['AT+QSCLK falls back', ['AT+QSCLK=0'], 'AT+QSCLK?', '+QSCLK: 1'],
    ['the baud rate falls back', ['AT+IPR=115200'], 'AT+IPR?', '+IPR: 0'],
    ['the baud rate stays after AT&W', ['AT+IPR=115200', 'AT&W'], 'AT+IPR?', '+IPR: 115200'],
    [
      'AT+CPSMS stays',
      ['AT+CPSMS=1,,,"01000011","00000001"'],
      'AT+CPSMS?',
      '+CPSMS: 1,,,"01000011","00000001"',
    ],
    ['AT+CEDRXS stays', ['AT+CEDRXS=1,5,"0101"'], 'AT+CEDRXS?', '+CEDRXS: 5,"0101"'],
    ['AT+CFUN falls back', ['AT+CFUN=0'], 'AT+CFUN?', '+CFUN: 1'],
    ['AT+CFUN with rst 1 waits for it', ['AT+CFUN=4,1'], 'AT+CFUN?', '+CFUN: 4'],
    ['AT+CFUN with rst 2 stays', ['AT+CFUN=0,2'], 'AT+CFUN?', '+CFUN: 0'],
    ['AT+QBAND stays', ['AT+QBAND=2,5,8'], 'AT+QBAND?', '+QBAND: 5,8'],
    [
      'AT+QCGDEFCONT stays',
      ['AT+QCGDEFCONT="IP","cmnbiot"'],
      'AT+QCGDEFCONT?',
      '+QCGDEFCONT: "IP","cmnbiot"',
    ],
  ];
  test.each(rows)('%s', (_, commands, question, answer) => {
    const layer = openCommandLayer();
    expect(commands.map((command) => layer.send(command))).toEqual(commands.map(() => ['OK']));
    layer.reboot();
    const seen = question === 'echo' ? [layer.module.session.echo ? 'on' : 'off'] : layer.send(question);
    expect(seen[0]).toBe(answer);
  });
});

describe('sleep and ends', () => {
  test.each(['AT+QRELLOCK', 'AT+SM=LOCK', 'AT+SM=LOCK_FOREVER', 'AT+SM=UNLOCK', 'AT+CPSMS=0', 'AT+CEDRXS=0'])(
    '%s',
    (command) => {
      expect(openCommandLayer().send(command)).toEqual(['OK']);
    },
  );

  test('AT+QRST=1 resets without an answer', () => {
    const layer = openCommandLayer();
    expect(layer.send('AT+QRST=1')).toEqual(['none']);
    expect(layer.last?.then).toBe('reset');
  });

  test('AT+QRST=1 answers OK where the setting says so', () => {
    expect(openCommandLayer([], { qrstAnswer: 'OK' }).send('AT+QRST=1')).toEqual(['OK']);
  });

  test('AT+QPOWD=0 answers OK and powers off', () => {
    const layer = openCommandLayer();
    expect(layer.send('AT+QPOWD=0')).toEqual(['OK']);
    expect(layer.last?.then).toBe('power-off');
  });

  test.each(['AT+QRST=0', 'AT+QPOWD=1', 'AT+SM=X', 'AT+QSCLK=3', 'AT+CPSMS=3', 'AT+CEDRXS=4'])(
    '%s ends nothing',
    (command) => {
      const layer = openCommandLayer();
      expect(layer.send(command)).toEqual(['50']);
      expect(layer.last?.then).toBeUndefined();
    },
  );
});

describe('the clock', () => {
  test('shows what was set, and runs on', () => {
    const layer = openCommandLayer();
    expect(layer.send('AT+CCLK="19/07/02,12:34:56+32"')).toEqual(['OK']);
    expect(layer.send('AT+CCLK?')[0]).toMatch(/^\+CCLK: "19\/07\/02,12:3[45]:\d\d\+32"$/);
  });

  test.each(['"19/13/02,12:34:56"', '"19/07/02,24:34:56"', 'noon', ''])('refuses %s', (time) => {
    expect(openCommandLayer().send(`AT+CCLK=${time}`)).toEqual(['50']);
  });
});

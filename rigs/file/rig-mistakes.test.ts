import path from 'node:path';

import { changedRigText, mistakesOf, rigText } from './rig-file.fixture.ts';

describe('a mistake names its place, its key and what to do', () => {
  test.each<[string, string, string]>([
    ['name: bench-1', 'nam: bench-1', '1:1: nam: unknown key (did you mean name?)'],
    [
      'path: /dev',
      'path: 7, x: /dev',
      '2:17: serial.path: expected text, found the number 7; put it in quotes',
    ],
    [
      'path: /dev/ttyAMA0',
      'path: dev/ttyUSB0',
      '2:17: serial.path: is no whole path; a device has one, as in /dev/ttyUSB0',
    ],
    ['serial: { path: /dev/ttyAMA0 }', 'serial: {}', '2:9: serial.path: is missing; give the device'],
    ['path: /dev/ttyAMA0', 'path: /dev/a, baud: 115201', '2:31: serial.baud: expected one of 110, 300'],
    [
      'path: /dev/ttyAMA0',
      "path: a, reopen: 'yes'",
      "serial.reopen: expected true or false, found the text 'yes'",
    ],
    [
      'driver: command',
      'driver: comand',
      "4:11: control.driver: expected one of emulator, command, onoff, gpioset, replay; found the text 'comand' (did you mean command?)",
    ],
    [
      'driver: command',
      'driver: sysfs',
      'control.driver: expected one of emulator, command, onoff, gpioset, replay',
    ],
    [
      'path: /dev/ttyAMA0 }\ncontrol:\n  driver: command',
      'path: /dev/a, reopen: true }\ncontrol:\n  driver: onoff',
      'serial.reopen: needs a supply that the board can switch',
    ],
    ["on: [./on.sh, '1']", 'on: ./on.sh 1', "5:7: control.on: expected a list, found the text './on.sh 1'"],
    ["on: [./on.sh, '1']", 'on: []', '5:7: control.on: expected at least 1 item'],
    [
      "on: [./on.sh, '1']",
      'on: [./on.sh, 1]',
      '5:17: control.on.1: expected text, found the number 1; put it in quotes',
    ],
    ['  off: [', '  of: [', '6:3: control.of: unknown key (did you mean off?)'],
    [
      '  off: [',
      '  timeoutMs: 5\n  off: [',
      '6:14: control.timeoutMs: expected at least 100, found the number 5',
    ],
    [
      "'863703030822519'",
      '863703030822519',
      '8:9: module.imei: expected text, found the number 863703030822519; put it in quotes',
    ],
    ["'863703030822519'", "'86370303082251'", '8:9: module.imei: expected 15 digits'],
    [
      'BC26NBR01A07',
      'BC26NBR01A07\n  clock: 0.5',
      '10:10: module.clock: expected at least 1, found the number 0.5',
    ],
    ['BC26NBR01A07', 'BC26NBR01A07\n  zzzz: 1', '10:3: module.zzzz: unknown key; known here: imei, firmware'],
    ['name: bench-1', 'name: ../bench', '1:7: name: expected letters, digits'],
    [
      'module:',
      'platform: { listen: 5683 }\nmodule:',
      '7:21: platform.listen: expected text, found the number 5683',
    ],
    [
      'module:',
      "platform: { listen: '0.0.0.0:99999', reachableAs: 10.0.0.1 }\nmodule:",
      '7:21: platform.listen: expected an IPv4 address and a port',
    ],
    ...['nat.example.org:5683', '203.0.113.5:0', '203.0.113.5:65536', '203.0.113.5:'].map(
      (reachableAs): [string, string, string] => [
        'module:',
        `platform: { listen: '0.0.0.0:1', reachableAs: '${reachableAs}' }\nmodule:`,
        '7:47: platform.reachableAs: expected an IPv4 address, with a port where NAT maps it',
      ],
    ),
    [
      'module:',
      "platform: { listen: '0.0.0.0:0', reachableAs: '203.0.113.5:15683' }\nmodule:",
      '7:21: platform.listen: port 0 is another port in each run',
    ],
    ['module:', "platform: { listen: '0.0.0.0:1' }\nmodule:", '7:11: platform.reachableAs: is missing'],
    [
      'module:',
      'credentials: { appKey: M1, password: { env: NOT_SET } }\nmodule:',
      '7:45: credentials.password.env: the environment variable NOT_SET is not set',
    ],
    [
      'module:',
      'credentials: none\nmodule:',
      "7:14: credentials: expected a map with appKey and password, or 'factory' for a module in which none are saved; found the text '***'",
    ],
    ['module:', 'credentials: { apKey: M1, password: a }\nmodule:', '7:14: credentials.appKey: is missing'],
    [
      'module:',
      'credentials: { apKey: M1, password: a }\nmodule:',
      '7:16: credentials.apKey: unknown key (did you mean appKey?)',
    ],
    [
      'module:',
      'credentials: { appKey: M1, password: { evn: A } }\nmodule:',
      '7:40: credentials.password.evn: unknown key (did you mean env?)',
    ],
    ['name: bench-1', 'name: bench-1\nname: bench-2', '2:1: Map keys must be unique'],
    ['name: bench-1', 'name: [bench-1', '2:1: Flow sequence'],
    ['name: bench-1', 'name: *nowhere', '1:1: Unresolved alias'],
    ['name: bench-1', 'name: !odd bench-1', '1:7: Unresolved tag'],
  ])('%j written as %j', (from, to, expected) => {
    expect(mistakesOf(changedRigText(from, to)).join('\n')).toContain(expected);
  });

  test('a missing folder for the NVRAM file of an emulated board', () => {
    const source = rigText
      .replace('serial: { path: /dev/ttyAMA0 }\n', '')
      .replace(/driver: command\n(.*\n){2}/, 'driver: emulator\n  nvram: nowhere/mem.json\n');
    expect(mistakesOf(source)).toEqual([
      `4:10: control.nvram: the folder ${path.resolve('bench/nowhere')} does not exist; create it, or give a file in an existing folder`,
    ]);
  });

  test('all mistakes are listed, in the order of the file', () => {
    const source = 'name: a b\nserial: { path: x, buad: 9600 }\ncontrol: { driver: emulator, seed: -1 }\n';
    expect(mistakesOf(source)).toEqual([
      expect.stringContaining('1:1: module: is missing'),
      expect.stringContaining('1:7: name: expected'),
      expect.stringContaining('2:11: serial.path: an emulated board makes its own device'),
      expect.stringContaining('2:20: serial.buad: unknown key (did you mean baud?)'),
      expect.stringContaining('3:36: control.seed: expected at least 0'),
    ]);
  });

  test.each(['', '- a\n- b', '42', 'null'])('a file that is no map: %j', (source) => {
    expect(mistakesOf(source)).toEqual([expect.stringContaining('expected a map of keys')]);
  });

  test.each([
    ["credentials: { appKey: M1, password: '5555\"5555' }", 'credentials.password: expected'],
    ['credentials: { appKey: M1, password: 55555555 }', 'found a number (not shown here); put it in quotes'],
    ['credentials: { appKey: 55555555, password: a }', 'credentials.appKey: expected text, found a number'],
    ['credentials: { appKey: M1, password: { a5555: } }', 'credentials.password: expected text, found a map'],
    ['credentials: { appKey: M1, password: { env: 5555 } }', 'credentials.password'],
    ['credentials: { appKey: M1, password: [5555] }', 'found a list'],
    ['credentials: 55555555', 'credentials: expected a map'],
    ['credentials: { appKey: M1, password: *a5555 }', 'Unresolved alias'],
    ['credentials: { appKey: M1, password: !a5555 x }', 'Unresolved tag'],
    ['credentials: { appKey: M1, password: a ] a5555', 'Flow map'],
  ])('no message repeats a password: %s', (line, expected) => {
    const mistakes = mistakesOf(`${rigText}${line}\n`).join('\n');
    expect(mistakes).toContain(expected);
    expect(mistakes).not.toContain('5555');
  });

  test('control bytes of the file are shown escaped', () => {
    const [mistake] = mistakesOf(changedRigText('driver: command', 'driver: "\\e[2J"'));
    expect(mistake).toContain('\\x1b[2J');
  });
});

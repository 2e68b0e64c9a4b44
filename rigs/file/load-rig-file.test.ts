import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describeError } from '../../harness/base/error.ts';
import { findRig } from './find-rig.ts';
import { checkRigFile, loadRigFile, parseRigFile } from './load-rig-file.ts';

const file = path.resolve('bench/bench-1.yaml');

const bench = `name: bench-1
serial: { path: /dev/ttyAMA0 }
control:
  driver: command
  on: [./on.sh, '1']
  off: [./off.sh, '1']
module:
  imei: '863703030822519'
  firmware: BC26NBR01A07
`;

const mistakesOf = (source: string, environment = {}): string[] => {
  try {
    parseRigFile(file, source, environment);
  } catch (error) {
    expect(error).toMatchObject({ code: 'RIG_FILE_INVALID', blame: 'usage' });
    return (error as Error).message.split('\n').map((line) => line.replace('bench/bench-1.yaml:', ''));
  }
  return [];
};

/** `bench` with one text replaced, which must be there. */
const changed = (from: string, to: string): string => {
  expect(bench).toContain(from);
  return bench.replace(from, to);
};

describe('a rig file without mistakes', () => {
  test('is completed with the defaults', () => {
    expect(parseRigFile(file, bench, {})).toEqual({
      file,
      name: 'bench-1',
      serial: { path: '/dev/ttyAMA0', baud: 115200, reopen: false },
      control: { driver: 'command', on: ['./on.sh', '1'], off: ['./off.sh', '1'], timeoutMs: 10_000 },
      module: {
        imei: '863703030822519',
        firmware: 'BC26NBR01A07',
        mayLoseCredentials: false,
        clock: 1,
        bootDeadlineMs: 30_000,
        durableMs: 1_000,
        attachDeadlineMs: 120_000,
        networkToleranceS: 2,
        wear: { endurance: 100_000, warnAt: 0.8 },
      },
    });
  });

  test('has its relative paths made absolute, seen from the file', () => {
    const rig = parseRigFile(
      file,
      changed('BC26NBR01A07', 'BC26NBR01A07\n  deviations: a07.yaml').replace('/dev/ttyAMA0', 'links/bc26'),
      {},
    );
    expect(rig.module.deviations).toBe(path.resolve('bench/a07.yaml'));
    expect(rig.serial.path).toBe(path.resolve('bench/links/bc26'));
  });

  test('takes the password from the environment when told to', () => {
    const source = `${bench}credentials: { appKey: M1, password: { env: DMP } }\n`;
    expect(parseRigFile(file, source, { DMP: 'abcd1234' }).credentials).toEqual({
      appKey: 'M1',
      password: 'abcd1234',
    });
  });

  test('tells the module the address listened on, unless another is given', () => {
    const platform = (text: string) => parseRigFile(file, `${bench}platform: ${text}\n`, {}).platform;
    expect(platform("{ listen: '127.0.0.1:0' }")).toEqual({
      listen: { address: '127.0.0.1', port: 0 },
      reachableAs: '127.0.0.1',
    });
    expect(platform("{ listen: '0.0.0.0:5683', reachableAs: 203.0.113.5 }")).toEqual({
      listen: { address: '0.0.0.0', port: 5683 },
      reachableAs: '203.0.113.5',
    });
  });

  test('is what the repository brings as its default', async () => {
    const rig = await loadRigFile(await findRig('emulated'), {});
    expect(rig).toMatchObject({
      name: 'emulated',
      control: { driver: 'emulator' },
      module: { imei: '863703030822519', firmware: 'BC26NBR01A07' },
      credentials: { appKey: 'M100000089' },
    });
    expect(rig.credentials?.password.startsWith('95Go')).toBe(false);
    expect(new Set(rig.credentials?.password.slice(0, 4)).size).toBe(4);
  });
});

describe('a mistake names its place, its key and its mend', () => {
  test.each<[string, string, string]>([
    ['name: bench-1', 'nam: bench-1', '1:1: nam: unknown key; did you mean name?'],
    [
      'path: /dev',
      'path: 7, x: /dev',
      '2:17: serial.path: expected text, found the number 7; put it in quotes',
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
      "4:11: control.driver: expected one of emulator, command, onoff, gpioset; found the text 'comand'",
    ],
    ['driver: command', 'driver: sysfs', 'control.driver: expected one of emulator, command, onoff, gpioset'],
    [
      'path: /dev/ttyAMA0 }\ncontrol:\n  driver: command',
      'path: /dev/a, reopen: true }\ncontrol:\n  driver: onoff',
      'serial.reopen: the adapter goes with a supply that this board cannot switch',
    ],
    ["on: [./on.sh, '1']", 'on: ./on.sh 1', "5:7: control.on: expected a list, found the text './on.sh 1'"],
    ["on: [./on.sh, '1']", 'on: []', '5:7: control.on: expected at least 1 item'],
    [
      "on: [./on.sh, '1']",
      'on: [./on.sh, 1]',
      '5:17: control.on.1: expected text, found the number 1; put it in quotes',
    ],
    ['  off: [', '  of: [', '6:3: control.of: unknown key; did you mean off?'],
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
    ['module:', "platform: { listen: '0.0.0.0:1' }\nmodule:", '7:11: platform.reachableAs: is missing'],
    [
      'module:',
      'credentials: { appKey: M1, password: { env: NOT_SET } }\nmodule:',
      '7:45: credentials.password.env: the environment variable NOT_SET is not set',
    ],
    ['name: bench-1', 'name: bench-1\nname: bench-2', '2:1: Map keys must be unique'],
    ['name: bench-1', 'name: [bench-1', '2:1: Flow sequence'],
    ['name: bench-1', 'name: *nowhere', '1:1: Unresolved alias'],
    ['name: bench-1', 'name: !odd bench-1', '1:7: Unresolved tag'],
  ])('%j written as %j', (from, to, expected) => {
    expect(mistakesOf(changed(from, to)).join('\n')).toContain(expected);
  });

  test('a folder that is not there for the memory of an emulated board', () => {
    const source = bench
      .replace('serial: { path: /dev/ttyAMA0 }\n', '')
      .replace(/driver: command\n(.*\n){2}/, 'driver: emulator\n  nvram: nowhere/mem.json\n');
    expect(mistakesOf(source)).toEqual([
      `4:10: control.nvram: there is no folder ${path.resolve('bench/nowhere')}; make it, or name a file in one that is there`,
    ]);
  });

  test('all of them at once, in the order of the file', () => {
    const source = 'name: a b\nserial: { path: x, buad: 9600 }\ncontrol: { driver: emulator, seed: -1 }\n';
    expect(mistakesOf(source)).toEqual([
      expect.stringContaining('1:1: module: is missing'),
      expect.stringContaining('1:7: name: expected'),
      expect.stringContaining('2:11: serial.path: the emulated board brings its own device'),
      expect.stringContaining('2:20: serial.buad: unknown key; did you mean baud?'),
      expect.stringContaining('3:36: control.seed: expected at least 0'),
    ]);
  });

  test.each(['', '- a\n- b', '42', 'null'])('a file that is no map: %j', (source) => {
    expect(mistakesOf(source)).toEqual([expect.stringContaining('expected a map of keys')]);
  });

  test('no message repeats a password', () => {
    const source = `${bench}credentials: { appKey: M1, password: 'se"cret' }\n`;
    const [mistake] = mistakesOf(source);
    expect(mistake).toContain('credentials.password: expected');
    expect(mistake).not.toContain('cret');
  });

  test('control bytes of the file are shown escaped', () => {
    const [mistake] = mistakesOf(changed('driver: command', 'driver: "\\e[2J"'));
    expect(mistake).toContain('\\x1b[2J');
  });
});

describe('a rig file that cannot be read', () => {
  test('is not found, with its name', async () => {
    const failure = loadRigFile('/nowhere/bench.yaml', {});
    await expect(failure).rejects.toMatchObject({ code: 'RIG_NOT_FOUND' });
    expect(describeError(await failure.catch((error: unknown) => error))).toContain('/nowhere/bench.yaml');
  });
});

describe('a rig file whose password is in the environment', () => {
  const example = (): Promise<string> => findRig('raspberry-pi');

  test('can be checked without it, and a run told which variable it needs', async () => {
    const { rig, unset } = await checkRigFile(await example(), {});
    expect(unset).toBe('BC26_DMP_PASSWORD');
    expect(rig.credentials).toBeUndefined();
    await expect(loadRigFile(await example(), {})).rejects.toMatchObject({ code: 'RIG_FILE_INVALID' });
  });

  test('is complete with it', async () => {
    const environment = { BC26_DMP_PASSWORD: 'abcd1234' };
    const { rig, unset } = await checkRigFile(await example(), environment);
    expect(unset).toBeUndefined();
    expect(rig).toEqual(await loadRigFile(await example(), environment));
    expect(rig.credentials?.password).toBe('abcd1234');
  });
});

describe('--rig', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'rigs-'));
    await writeFile(path.join(folder, 'bench-1.yaml'), bench);
    await writeFile(path.join(folder, 'notes.txt'), '');
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('a name means the file of that name in rigs/', async () => {
    await expect(findRig('bench-1', folder)).resolves.toBe(path.join(folder, 'bench-1.yaml'));
  });

  test.each(['bench-1.yaml', './bench-1'])('%s means a file, from where one stands', async (rig) => {
    await expect(findRig(rig, folder)).rejects.toMatchObject({ code: 'RIG_NOT_FOUND' });
  });

  test('an unknown name is answered with what there is', async () => {
    await expect(findRig('bench1', folder)).rejects.toMatchObject({
      code: 'RIG_NOT_FOUND',
      remedy: expect.stringMatching(/did you mean bench-1\?.*rigs: bench-1;/) as string,
    });
  });
});

import path from 'node:path';

import { describeError } from '../../harness/base/error.ts';
import { findRig } from './find-rig.ts';
import { checkRigFile, loadRigFile, parseRigFile } from './load-rig-file.ts';
import { changedRigText, rigPath, rigText } from './rig-file.fixture.ts';
import { credentialsOf } from './rig-file.ts';

describe('a rig file without mistakes', () => {
  test('is completed with the defaults', () => {
    expect(parseRigFile(rigPath, rigText, {})).toEqual({
      file: rigPath,
      name: 'bench-1',
      serial: { path: '/dev/ttyAMA0', baud: 115200, reopen: false },
      control: { driver: 'command', on: ['./on.sh', '1'], off: ['./off.sh', '1'], timeoutMs: 10_000 },
      module: {
        imei: '863703030822519',
        firmware: 'BC26NBR01A07',
        mayLoseCredentials: false,
        clock: 1,
        bootDeadlineMs: 30_000,
        rebootIntervalMs: 10_000,
        durableMs: 1_000,
        attachDeadlineMs: 600_000,
        networkToleranceS: 2,
        wear: { endurance: 100_000, warnAt: 0.8 },
      },
    });
  });

  test.each([
    ['a real board', "{ driver: command, on: ['true'], off: ['true'] }", '', 10_000],
    [
      'a real board that is told',
      "{ driver: command, on: ['true'], off: ['true'] }",
      ', rebootIntervalMs: 0',
      0,
    ],
    ['an emulated board that is told', '{ driver: emulator }', ', rebootIntervalMs: 700', 700],
  ])('leaves %s its time between reboots', (_, control, told, expected) => {
    const serial = control.includes('emulator') ? '{}' : '{ path: /dev/ttyTEST }';
    const module = `{ imei: '863703030822519', firmware: A${told} }`;
    const text = `name: a\nserial: ${serial}\ncontrol: ${control}\nmodule: ${module}\n`;
    expect(parseRigFile(rigPath, text, {}).module.rebootIntervalMs).toBe(expected);
  });

  test('has its relative paths made absolute, seen from the file', () => {
    const rig = parseRigFile(
      rigPath,
      changedRigText('BC26NBR01A07', 'BC26NBR01A07\n  deviations: a07.yaml'),
      {},
    );
    expect(rig.module.deviations).toBe(path.resolve('bench/a07.yaml'));
  });

  test('takes the password from the environment variable it names', () => {
    const source = `${rigText}credentials: { appKey: M1, password: { env: DMP } }\n`;
    expect(parseRigFile(rigPath, source, { DMP: 'abcd1234' }).credentials).toEqual({
      appKey: 'M1',
      password: 'abcd1234',
    });
  });

  test('may say that no credentials are saved in the module', () => {
    const rig = parseRigFile(rigPath, `${rigText}credentials: factory\n`, {});
    expect(rig.credentials).toBe('factory');
    expect(credentialsOf(rig)).toBeUndefined();
  });

  test('is reachable at the address it listens on, unless reachableAs is given', () => {
    const platform = (text: string) => parseRigFile(rigPath, `${rigText}platform: ${text}\n`, {}).platform;
    expect(platform("{ listen: '127.0.0.1:0' }")).toEqual({
      listen: { address: '127.0.0.1', port: 0 },
      reachableAs: { address: '127.0.0.1' },
    });
    expect(platform("{ listen: '0.0.0.0:5683', reachableAs: 203.0.113.5 }")).toEqual({
      listen: { address: '0.0.0.0', port: 5683 },
      reachableAs: { address: '203.0.113.5' },
    });
    expect(platform("{ listen: '0.0.0.0:5683', reachableAs: '203.0.113.5:15683' }")).toEqual({
      listen: { address: '0.0.0.0', port: 5683 },
      reachableAs: { address: '203.0.113.5', port: 15683 },
    });
  });

  test('is the default rig of the repository', async () => {
    const rig = await loadRigFile(await findRig('emulated'), {});
    expect(rig).toMatchObject({
      name: 'emulated',
      control: { driver: 'emulator' },
      module: { imei: '863703030822519', firmware: 'BC26NBR01A07' },
      credentials: { appKey: 'M100000089' },
    });
    expect(credentialsOf(rig)?.password.startsWith('95Go')).toBe(false);
    expect(new Set(credentialsOf(rig)?.password.slice(0, 4)).size).toBe(4);
  });
});

describe('a rig file that cannot be read', () => {
  test('is not found, with its name', async () => {
    const failure = loadRigFile('/nowhere/bench.yaml', {});
    await expect(failure).rejects.toMatchObject({ code: 'RIG_NOT_FOUND' });
    await expect(loadRigFile('/dev/zero', {})).rejects.toMatchObject({ code: 'RIG_NOT_FOUND' });
    expect(describeError(await failure.catch((error: unknown) => error))).toContain('/nowhere/bench.yaml');
  });
});

describe('a rig file whose password is in the environment', () => {
  const example = (): Promise<string> => findRig('raspberry-pi');

  test('can be checked without it; a run needs it, and the result names the variable', async () => {
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
    expect(credentialsOf(rig)?.password).toBe('abcd1234');
  });
});

import { createSocket } from 'node:dgram';
import { once } from 'node:events';

import { openCoapClient } from '../platform/coap/coap-client.fixture.ts';
import { endpointName, registerRequest } from '../platform/lwm2m/registration.fixture.ts';
import { type PlatformChild, startPlatform } from './platform-child.fixture.ts';

let started: PlatformChild | undefined;
afterEach(() => {
  if (started?.child.exitCode === null) started.child.kill('SIGKILL');
});

const start = (...args: Parameters<typeof startPlatform>): PlatformChild =>
  (started = startPlatform(...args));

describe('bc26-hil platform', () => {
  test('prints each packet on a line, answers by the script, and sums up on Ctrl-C', async () => {
    const platform = start(['--listen', '127.0.0.1:0', '--register', '4.03']);
    const { port } = await platform.address();
    const socket = createSocket('udp4');
    // CON POST /rd, message id 7, no token; payload ESC.
    const post = Buffer.from([0x40, 2, 0, 7, 0xb2, 0x72, 0x64, 0xff, 0x1b]);
    socket.send(post, port, '127.0.0.1');
    const [answer] = (await once(socket, 'message')) as [Buffer];
    socket.close();
    expect(answer).toEqual(Buffer.from([0x60, 0x83, 0, 7]));
    expect(await platform.line()).toMatch(
      / <- 127\.0\.0\.1:\d+ {2}CON 0\.02 POST id=7 Uri-Path=rd payload=\\x1b$/,
    );
    expect(await platform.line()).toMatch(/ -> 127\.0\.0\.1:\d+ {2}ACK 4\.03 Forbidden id=7$/);
    expect(await platform.line()).toMatch(/register refused: 4\.03 Forbidden, by the script$/);
    platform.child.kill('SIGINT');
    expect(await platform.line()).toBe('2 packets; 1 requested, 1 refused');
    expect(await platform.exit).toEqual([130, null]);
  }, 30_000);

  test('without an app key it prints the account that it accepts, and accepts it', async () => {
    const platform = start(['--listen', '127.0.0.1:0', '--no-read']);
    const [, key, password = ''] =
      /app key (\S+) with private key (\S+):/.exec((await platform.line()) ?? '') ?? [];
    expect(key).toBe('M100000089');
    const client = await openCoapClient(await platform.address());
    client.send(registerRequest({ query: [`ep=${endpointName('v2.0', password)}`, 'lt=300'] }));
    expect(await client.next()).toMatchObject({ code: '2.01' });
    client.close();
  }, 30_000);

  test('a private key from the environment is not printed', async () => {
    const platform = start(['--listen', '127.0.0.1:0', '--password-env', 'BC26_HIL_TEST_KEY'], {
      BC26_HIL_TEST_KEY: 'not-to-be-shown',
    });
    expect(await platform.line()).toBe(
      'accepts app key M100000089 with the private key in BC26_HIL_TEST_KEY',
    );
    expect(await platform.line()).toMatch(/^listening at /);
  }, 30_000);

  test.each([
    [['--password-env', 'BC26_HIL_NOT_SET']],
    [['--listen', 'somewhere']],
    [['--register', 'politely']],
    [['--read', '4.03']],
  ])(
    '%j is wrong usage: exit code 2, and what to do',
    async (args) => {
      const platform = start(args);
      const [errors, [exitCode]] = await Promise.all([platform.errors(), platform.exit]);
      expect(exitCode).toBe(2);
      expect(errors).toMatch(/USAGE/);
    },
    30_000,
  );
});

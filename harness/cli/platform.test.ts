import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

const bin = path.resolve(import.meta.dirname, 'bin.mjs');

let child: ChildProcessWithoutNullStreams | undefined;
afterEach(() => {
  if (child?.exitCode === null) child.kill('SIGKILL');
});

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const started = spawn(process.execPath, [bin, 'platform', ...args], { env: { ...process.env, ...env } });
  child = started;
  const lines = createInterface({ input: started.stdout })[Symbol.asyncIterator]();
  return {
    child: started,
    exit: once(started, 'exit') as Promise<[number | null]>,
    errors: () => text(started.stderr),
    line: async () => (await lines.next()).value as string | undefined,
  };
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  let all = '';
  for await (const part of stream) all += String(part);
  return all;
}

describe('bc26-hil platform', () => {
  test('prints each packet on a line, answers by the script, and sums up on Ctrl-C', async () => {
    const platform = start(['--listen', '127.0.0.1:0', '--app-key', 'M100000089', '--register', '4.03']);
    const [, port] = /^listening at 127\.0\.0\.1:(\d+)/.exec((await platform.line()) ?? '') ?? [];
    const socket = createSocket('udp4');
    // CON POST /rd, message id 7, no token; payload ESC.
    const post = Buffer.from([0x40, 2, 0, 7, 0xb2, 0x72, 0x64, 0xff, 0x1b]);
    socket.send(post, Number(port), '127.0.0.1');
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

  test.each([
    [['--app-key', 'M1', '--password-env', 'BC26_HIL_NOT_SET']],
    [['--app-key', 'M1', '--listen', 'somewhere']],
    [['--app-key', 'M1', '--register', 'politely']],
    [[]],
  ])(
    '%j is a mistake: exit code 2, and what to do',
    async (args) => {
      const platform = start(args);
      const [errors, [exitCode]] = await Promise.all([platform.errors(), platform.exit]);
      expect(exitCode).toBe(2);
      expect(errors).toMatch(/USAGE|required option/);
    },
    30_000,
  );
});

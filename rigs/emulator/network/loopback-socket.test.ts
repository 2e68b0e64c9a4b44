import { createSocket, Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { systemClock } from '../base/clock.ts';
import { openCommandLayer } from '../board/command-layer.fixture.ts';
import { isLoopback, openLoopbackSocket } from './loopback-socket.ts';
import { openNetwork } from './network.ts';

const LIMIT_MS = 5000;

/** Records every datagram that a real socket should send, and sends none. */
function watchSends(): { readonly targets: unknown[]; end(): void } {
  const targets: unknown[] = [];
  const real = Object.getOwnPropertyDescriptor(Socket.prototype, 'send')!;
  const value = (...args: unknown[]): void => void targets.push(args);
  Object.defineProperty(Socket.prototype, 'send', { ...real, value });
  return { targets, end: () => Object.defineProperty(Socket.prototype, 'send', real) };
}

test.each([
  ['127.0.0.1', 5683, true],
  ['127.255.0.9', 1, true],
  ['127.0.0.1', 0, false],
  ['127.0.0.1', 65_536, false],
  ['127.0.0.1', NaN, false],
  ['192.0.2.1', 5683, false],
  ['117.161.2.41', 5683, false],
  ['126.255.255.255', 5683, false],
  ['128.0.0.1', 5683, false],
  ['0.0.0.0', 5683, false],
  ['255.255.255.255', 5683, false],
  ['224.0.0.1', 5683, false],
  ['127.1', 5683, false],
  ['127.000.000.001', 5683, false],
  ['127.0.0.1.example.com', 5683, false],
  ['localhost', 5683, false],
  ['::1', 5683, false],
  ['::ffff:192.0.2.1', 5683, false],
  ['', 5683, false],
])('to %s port %d: %s', (address, port, may) => {
  expect(isLoopback({ address, port })).toBe(may);
});

test('a datagram for loopback arrives, and its sender is bound to 127.0.0.1', async () => {
  const signal = AbortSignal.timeout(LIMIT_MS);
  const server = createSocket('udp4').bind(0, '127.0.0.1');
  await once(server, 'listening', { signal });
  const to = { address: '127.0.0.1', port: server.address().port };
  const arrived = once(server, 'message', { signal });
  const datagrams = openLoopbackSocket({
    opened: () => datagrams.send(Buffer.from('hello'), to),
    failed: () => undefined,
    arrived: () => undefined,
  });
  const [bytes, from] = (await arrived) as [Buffer, { address: string }];
  expect(bytes.toString()).toBe('hello');
  expect(from.address).toBe('127.0.0.1');
  datagrams.close();
  server.close();
});

test('nothing for elsewhere is handed to a socket, and nothing after the end', async () => {
  const sends = watchSends();
  try {
    await new Promise<void>((resolve) => {
      const datagrams = openLoopbackSocket({
        opened: () => {
          datagrams.send(Buffer.from('out'), { address: '192.0.2.1', port: 5683 });
          datagrams.send(Buffer.from('out'), { address: 'localhost', port: 5683 });
          datagrams.close();
          datagrams.send(Buffer.from('late'), { address: '127.0.0.1', port: 5683 });
          datagrams.close();
          resolve();
        },
        failed: () => undefined,
        arrived: () => undefined,
      });
    });
    expect(sends.targets).toEqual([]);
  } finally {
    sends.end();
  }
});

test.each(['192.0.2.1', '117.161.2.41', 'platform.example', '127.000.000.001'])(
  'a module whose server is %s goes through its states and sends nothing',
  async (address) => {
    const layer = openCommandLayer();
    const states: number[] = [];
    const sends = watchSends();
    // 124 s of network time until the registration is given up, in 62 ms.
    const network = openNetwork({ clock: systemClock, factor: 2000, openSocket: openLoopbackSocket });
    let leave = (): void => undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`states ${states.join()}`)), LIMIT_MS);
        const watched = new Proxy(layer.module, {
          set(target, name, value: number) {
            states.push(value);
            if (value === 8) resolve(clearTimeout(timer));
            return Reflect.set(target, name, value);
          },
        });
        const plan = layer.clientPlan();
        leave = network.join(watched, () => ({ ...plan, enabled: true, server: { address, port: 5683 } }));
      });
      expect(states).toEqual([4, 8]);
      expect(sends.targets).toEqual([]);
    } finally {
      leave();
      sends.end();
    }
  },
);

test('watchSends sees a datagram for loopback', async () => {
  const sends = watchSends();
  try {
    await new Promise<void>((resolve) => {
      const datagrams = openLoopbackSocket({
        opened: () => {
          datagrams.send(Buffer.from('here'), { address: '127.0.0.1', port: 5683 });
          datagrams.close();
          resolve();
        },
        failed: () => undefined,
        arrived: () => undefined,
      });
    });
    expect(sends.targets).toHaveLength(1);
  } finally {
    sends.end();
  }
});

/** The program's files: `file` and all it imports, as paths inside the emulator's folder. */
function filesFrom(file: string, root: string, seen: Set<string> = new Set()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(path.join(root, file), 'utf8');
  for (const [, imported = ''] of text.matchAll(/from '(\.[^']+)'/g)) {
    filesFrom(path.join(path.dirname(file), imported), root, seen);
  }
  return seen;
}

test('no other file of the program can reach a network', () => {
  const root = path.resolve(import.meta.dirname, '..');
  const files = [...filesFrom('main.ts', root)];
  const reaching = files.filter((file) =>
    /'node:(dgram|http|https|http2|tls|dns|dns\/promises)'|\bfetch\(|WebSocket|(?<!#)\bconnect\(|createConnection/.test(
      readFileSync(path.join(root, file), 'utf8'),
    ),
  );
  expect(files.length).toBeGreaterThan(50);
  expect(reaching).toEqual(['network/loopback-socket.ts']);
});

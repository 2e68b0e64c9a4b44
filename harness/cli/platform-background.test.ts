import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { openCoapClient } from '../platform/coap/coap-client.fixture.ts';
import { registerRequest } from '../platform/lwm2m/registration.fixture.ts';

const bin = path.resolve(import.meta.dirname, 'bin.mjs');

test('a platform in the background of a script outlives its shell, until it is ended', async () => {
  const script = 'nohup setsid "$@" < /dev/null 2> /dev/null & echo $!';
  // The answer takes longer than a watch on the shell needs to see its end.
  const args = ['platform', '--listen', '127.0.0.1:0', '--no-read', '--register', 'delay=800'];
  const shell = spawn('bash', ['-c', script, 'bash', process.execPath, bin, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const shellEnded = once(shell, 'exit');
  const allEnded = once(shell.stdout, 'close');
  const lines = createInterface({ input: shell.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value);
  const pid = Number(await next());
  try {
    let said = await next();
    while (!said.startsWith('listening at')) said = await next();
    expect(await shellEnded).toEqual([0, null]);
    const port = Number(/:(\d+),/.exec(said)?.[1]);
    const client = await openCoapClient({ address: '127.0.0.1', port });
    client.send(registerRequest({ messageId: 1 }));
    expect((await client.next()).code).toMatch(/^[24]\.\d\d$/);
    client.close();
  } finally {
    process.kill(pid, 'SIGTERM');
  }
  await allEnded;
}, 60_000);

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { systemClock } from '../base/clock.ts';
import { endOf } from './child-end.ts';
import { lives } from './qualify.fixture.ts';

const node = (script: string): ChildProcess =>
  spawn(process.execPath, ['-e', script], { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });

describe("the Jest child's end", () => {
  test('is its exit, once everything it said was heard', async () => {
    const child = node("process.send('last'); process.disconnect(); process.exitCode = 7");
    const heard: unknown[] = [];
    child.on('message', (message) => heard.push(message));
    await expect(endOf(child, systemClock)).resolves.toEqual({ code: 7, signal: null, overdue: false });
    expect(heard).toEqual(['last']);
  });

  test('is brought about when it goes on after its last word, with what it started', async () => {
    // It keeps itself busy, and a child of its own.
    const child = node(
      `const { pid } = require('node:child_process').spawn('sleep', ['60']);
       process.send(pid);
       process.on('message', () => process.disconnect());
       setInterval(() => {}, 1000)`,
    );
    const [grandchild] = (await once(child, 'message')) as [number];
    const ended = endOf(child, systemClock, 300);
    child.send('go');
    await expect(ended).resolves.toEqual({ code: null, signal: 'SIGKILL', overdue: true });
    expect(lives(grandchild)).toBe(false);
  });
});

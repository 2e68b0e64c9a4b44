import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

import { systemClock } from '../../base/clock.ts';
import { waitForEnd } from './child-end.ts';

const node = (script: string): ChildProcess =>
  spawn(process.execPath, ['-e', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore', 'ipc'] });

describe("the Jest child's end", () => {
  test('is its exit, once everything it said was heard', async () => {
    const child = node("process.send('last'); process.disconnect(); process.exitCode = 7");
    const heard: unknown[] = [];
    child.on('message', (message) => heard.push(message));
    await expect(waitForEnd(child, systemClock)).resolves.toEqual({ code: 7, signal: null, overdue: false });
    expect(heard).toEqual(['last']);
  });

  test('is brought about when it goes on after its last word, with what it started', async () => {
    // It keeps itself busy, and a child of its own, which holds the output pipe: its end is the end of both. The
    // kernel kills the two in either order, so that the first one's exit says nothing of the other.
    const child = node(
      `require('node:child_process').spawn('sleep', ['60'], { stdio: 'inherit' });
       process.send('ready');
       process.on('message', () => process.disconnect());
       setInterval(() => {}, 1000)`,
    );
    const allEnded = once(child.stdout!.resume(), 'end');
    await once(child, 'message');
    const ended = waitForEnd(child, systemClock, 300);
    child.send('go');
    await expect(ended).resolves.toEqual({ code: null, signal: 'SIGKILL', overdue: true });
    await allEnded;
  });
});

import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';

import { jest } from '@jest/globals';

import { systemClock } from '../../base/clock.ts';
import { ManualClock } from '../../base/manual-clock.fixture.ts';
import { watchHeartbeat } from './heartbeat.ts';

function watched() {
  const child = new EventEmitter();
  const clock = new ManualClock();
  const onSilent = jest.fn();
  watchHeartbeat(child as never, clock, onSilent);
  return { child, clock, onSilent };
}

describe('the sign of life of the Jest child', () => {
  test('each message is one', () => {
    const { child, clock, onSilent } = watched();
    for (let minute = 0; minute < 60; minute++) {
      clock.advance(60_000);
      child.emit('message', minute % 2 ? { entry: {} } : { alive: true });
    }
    expect(onSilent).not.toHaveBeenCalled();
  });

  test('its silence for two minutes is told once', () => {
    const { child, clock, onSilent } = watched();
    child.emit('message', { alive: true });
    clock.advance(119_000);
    expect(onSilent).not.toHaveBeenCalled();
    clock.advance(600_000);
    expect(onSilent.mock.calls).toEqual([[2]]);
  });

  test('its silence at its start is told after ten minutes', () => {
    const { clock, onSilent } = watched();
    clock.advance(599_000);
    expect(onSilent).not.toHaveBeenCalled();
    clock.advance(600_000);
    expect(onSilent.mock.calls).toEqual([[10]]);
  });

  test.each(['disconnect', 'exit'])('nothing is awaited after %s', (end) => {
    const { child, clock, onSilent } = watched();
    child.emit(end);
    clock.advance(600_000);
    expect(onSilent).not.toHaveBeenCalled();
  });

  test('a child that is stopped, or spins, gives none', async () => {
    const beats =
      "setInterval(() => process.send({ alive: true }), 20); process.on('message', () => { for (;;); })";
    for (const silence of ['SIGSTOP', 'spin'] as const) {
      const child = spawn(process.execPath, ['-e', beats], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
      const ended = once(child, 'exit');
      const silent = new Promise((resolve) => watchHeartbeat(child, systemClock, resolve, 200));
      await once(child, 'message');
      if (silence === 'spin') child.send('spin');
      else child.kill('SIGSTOP');
      await silent;
      child.kill('SIGKILL');
      expect(await ended).toEqual([null, 'SIGKILL']);
    }
  });
});

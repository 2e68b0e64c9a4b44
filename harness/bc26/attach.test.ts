import type { AtClient } from '../at/at-client.ts';
import type { Exchange, Line } from '../at/exchange.ts';
import { ManualClock } from '../base/manual-clock.fixture.ts';
import { waitForAttach } from './attach.ts';

const clock = new ManualClock();

/** A line whose `AT+CEREG?` is answered with `information`; `report` makes it report a line. */
function line(information: readonly string[]) {
  const listeners = new Set<(line: Line) => void>();
  const at: Pick<AtClient, 'send' | 'onUnsolicited'> = {
    send: (command) =>
      Promise.resolve({ information: command === 'AT+CEREG?' ? information : [] } as unknown as Exchange),
    onUnsolicited(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const report = (data: string, at = clock.now()): void =>
    listeners.forEach((hear) => hear({ data, startedAt: at, endedAt: at }));
  return { at, report, listeners };
}

const settled = (): Promise<void> => new Promise(setImmediate);

describe('waitForAttach', () => {
  const { signal } = new AbortController();

  test.each(['+CEREG: 1,1', '+CEREG: 0,5', '+CEREG: 2,1,"0002","01A2D102",9', '+CEREG:0,1'])(
    '%s is attached',
    async (answer) => {
      await expect(
        waitForAttach(line([answer]).at, { clock, deadlineMs: 1_000, signal }),
      ).resolves.toBeUndefined();
    },
  );

  test.each(['+CEREG: 1', '+CEREG: 5,"0002","01A2D102",9'])(
    'hears %s, and stops listening',
    async (reported) => {
      const { at, report, listeners } = line(['+CEREG: 1,2']);
      const attached = waitForAttach(at, { clock, deadlineMs: 1_000, signal });
      await settled();
      report('+CEREG: 2');
      report('+CEREG: 1', -1n);
      await settled();
      expect(listeners.size).toBe(1);
      report(reported);
      await attached;
      expect(listeners.size).toBe(0);
    },
  );

  test('says what is waited for, since when and for how long, once the wait is long', async () => {
    const said: string[] = [];
    const { at, report } = line(['+CEREG: 1,2']);
    const say = (text: string): number => said.push(text);
    const attached = waitForAttach(at, { clock, deadlineMs: 600_000, signal, say });
    await settled();
    clock.advance(4_999);
    expect(said).toEqual([]);
    clock.advance(60_001);
    expect(said).toEqual([
      'waiting for the module to find a network: for 5 s now, 600 s at most; the first time takes minutes',
      'waiting for the module to find a network: for 65 s now, 600 s at most; the first time takes minutes',
    ]);
    report('+CEREG: 1');
    await attached;
    clock.advance(120_000);
    expect(said).toHaveLength(2);
  });

  test('a network that never comes is the rig', async () => {
    const { at, listeners } = line(['+CEREG: 1,2']);
    const attached = waitForAttach(at, { clock, deadlineMs: 1_000, signal });
    const failed = expect(attached).rejects.toMatchObject({ code: 'NETWORK_NOT_ATTACHED', blame: 'rig' });
    await settled();
    clock.advance(1_000);
    await failed;
    expect(listeners.size).toBe(0);
  });

  test('settles on abort', async () => {
    const controller = new AbortController();
    const attached = waitForAttach(line(['+CEREG: 1,0']).at, {
      clock,
      deadlineMs: 1_000,
      signal: controller.signal,
    });
    const failed = expect(attached).rejects.toMatchObject({ code: 'ABORTED' });
    await settled();
    controller.abort();
    await failed;
  });
});
